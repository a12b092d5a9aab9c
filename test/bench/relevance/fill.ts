/** Fills an index with a catalogue: the documents that the mall's own projection makes of the products' histories. */
import type { Client } from "@elastic/elasticsearch";
import type { ImportOffer, ImportRecord } from "../../../bin/import/record";
import { sendBulk } from "../../../indexers/kernel/bulk";
import { joinedDocument } from "../../../indexers/kernel/fold";
import { aliasOf, ensureIndex } from "../../../indexers/kernel/indices";
import type { Parts } from "../../../indexers/kernel/projection";
import { offerPart, productPart, stockPart } from "../../../indexers/product/products.parts.projection";
import { products } from "../../../indexers/product/products.projection";

const PUBLISHED_AT = "2020-01-01T00:00:00.000Z";
const BATCH = 500;

const known = (part: object | null): Parts[string] => ({ version: 1, part: part as Parts[string]["part"] });

function offerParts(productId: string, { sellerId, sku, price, condition, stock }: ImportOffer): Parts {
  const offerId = `${sellerId}-${sku}`.toLowerCase();
  const offer = offerPart({ status: "open", productId, sellerId, sku, price, condition });
  const places = Object.entries(stock).map(([location, onHand]): [string, Parts[string]] => {
    const state = { status: "kept", offerId, location, productId, sellerId, onHand } as const;
    return [`stock/${offerId}-${location}`, known(stockPart(state))];
  });
  return { [`offer/${offerId}`]: known(offer), ...Object.fromEntries(places) };
}

/** What the projection would have folded from the histories of an imported product. */
export function partsOf({ id, product, offers }: ImportRecord): Parts {
  const { publish: _, ...content } = product;
  const part = productPart({ status: "published", publishedAt: PUBLISHED_AT, channels: [], ...content });
  return Object.assign({ [`product/${id}`]: known(part) }, ...offers.map((offer) => offerParts(id, offer))) as Parts;
}

/** Makes the index of `products` in the namespace and fills it; resolves when all of it can be searched. */
export async function fill(client: Client, namespace: string, records: readonly ImportRecord[]): Promise<string> {
  await ensureIndex(client, namespace, products, { hidden: true });
  const index = aliasOf(namespace, products.name);
  for (let from = 0; from < records.length; from += BATCH) {
    const operations = records.slice(from, from + BATCH).map((record) => ({
      id: record.id,
      action: JSON.stringify({ index: { _id: record.id } }),
      document: JSON.stringify(joinedDocument(products, record.id, partsOf(record))),
    }));
    const written = await sendBulk(client, index, operations);
    const refused = written.find(({ outcome }) => outcome !== "written");
    if (refused) throw new Error(`${index} refused ${refused.id}: ${refused.reason}`);
  }
  await client.indices.forcemerge({ index, max_num_segments: 1 });
  await client.indices.refresh({ index });
  return index;
}
