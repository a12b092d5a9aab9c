/** Experiments of the specs: begun, ended, reported. */
import type { ExperimentReport } from "../../../models/experiment/experiment.report.contract";
import type { ProductHits } from "../../../models/product/product.search.contract";
import type { Shop } from "../catalogue/shop";

export type Hits = Pick<ProductHits, "items"> & { readonly queryId: string };

export const arm = (name: string, ranking: object) => ({ name, share: 0.5, ranking });

/** What the id of a search says of how it took part. */
export const exposedIn = ({ queryId }: Hits): string | undefined => queryId.split(".").slice(2, -1)[0];
export const armIn = (hits: Hits): number => Number(exposedIn(hits)?.split("_")[1]);

/** Draws one up and begins it; its id, when searches know of it. */
export async function begun(shop: Shop, more: object): Promise<string> {
  const drawn = { name: "Titles", question: "Do titles count more?", design: "split", metric: "click", ...more };
  const { id } = await shop.done("POST", "/v1/experiments", drawn);
  const { token } = await shop.done("POST", `/v1/experiments/${id}/start`, {});
  await shop.declared("experiment.get", `/v1/experiments/${id}`, [token]);
  return id;
}

export async function ended(shop: Shop, id: string): Promise<void> {
  const { token } = await shop.done("POST", `/v1/experiments/${id}/stop`, {});
  await shop.declared("experiment.list", "/v1/experiments?status=running", [token]);
}

export const reported = async (shop: Shop, id: string): Promise<ExperimentReport> =>
  (await shop.declared("experiment.report", `/v1/experiments/${id}/report`)) as never;
