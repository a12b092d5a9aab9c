/** What the specs of visitors do: look at things, and a market of lamps to look at. */
import { randomUUID } from "node:crypto";
import type { Shop } from "../catalogue/shop";

/** An event of a minute ago. */
export const viewed = (productId: string) => ({
  event_id: randomUUID(),
  action_name: "view",
  timestamp: new Date(Date.now() - 60_000).toISOString(),
  event_attributes: { object: { object_id: productId, object_id_field: "id" }, position: { ordinal: 0 } },
});

const BRANDS = ["Aster", "Bloom", "Lumen"];

/** Three lamps of each of three brands, to be found when this is done. @returns their ids by brand */
export async function lampsIn(shop: Shop): Promise<ReadonlyMap<string, readonly string[]>> {
  const made = new Map<string, string[]>();
  const tokens: string[] = [];
  for (const brand of BRANDS) {
    for (const kind of ["Desk", "Floor", "Wall"]) {
      const title = { en: `${kind} lamp of steel` };
      const content = { title, brand, categoryPath: ["Home", "Lamps"], channels: [], publish: true };
      const { id, token } = await shop.done("POST", "/v1/products", content);
      made.set(brand, [...(made.get(brand) ?? []), id]);
      tokens.push(token);
    }
  }
  await shop.declared("product.search", "/v1/products?q=lamp", tokens);
  return made;
}
