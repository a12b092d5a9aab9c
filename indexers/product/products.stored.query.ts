/** One product of the index, whatever its status, with all of its offers. */
import { asking, soleDocument } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";
import { PROJECTION } from "./products.engine.query";
import type { StoredProduct } from "./products.view.query";

/** Undefined where nothing is known of it. */
export async function storedProduct(
  deps: QueryDeps,
  id: string,
  context: QueryContext,
): Promise<StoredProduct | undefined> {
  await waited(deps, context, { projection: PROJECTION, visibility: "get" });
  const _source_includes = ["id", "offers", "rating", `sources.product/${id}`];
  const { docs } = await asking("read products", () =>
    deps.client.mget<StoredProduct>({ index: aliasOf(deps.namespace, PROJECTION), ids: [id], _source_includes }),
  );
  return soleDocument(docs);
}
