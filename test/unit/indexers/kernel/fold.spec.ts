import fc from "fast-check";
import { applied, joinedDocument, joinedText, updatesOf } from "../../../../indexers/kernel/fold";
import type { Json, Parts } from "../../../../indexers/kernel/projection";
import { products } from "../../../../indexers/product/products.projection";
import type { Commit } from "../../../../models/kernel/row";
import { createMall } from "../../../support/memory-mall";

const PRODUCT = "p1";

/** A product with offers that are repriced, withdrawn and restored, and stock that moves. */
async function history(): Promise<Commit[]> {
  const mall = createMall();
  const commits = [await mall.product(PRODUCT, { attributes: { colour: "black" } })];
  for (const n of [1, 2, 3]) {
    const offerId = `o${n}`;
    commits.push(await mall.offer(offerId, PRODUCT, 1000 * n));
    commits.push(await mall.stock(`s${n}`, { productId: PRODUCT, offerId }, n));
    commits.push(await mall.run("offer.reprice", offerId, { price: { amountMinor: 900 * n, currency: "EUR" } }));
  }
  commits.push(await mall.run("offer.withdraw", "o1", {}));
  commits.push(await mall.run("offer.withdraw", "o2", {}), await mall.run("offer.restore", "o2", {}));
  commits.push(await mall.run("stock.count", "s3", { counted: 0 }));
  commits.push(await mall.run("product.revise", PRODUCT, { brand: "Stoa" }));
  return commits;
}

function delivered(batches: readonly (readonly Commit[])[]): Json {
  let parts: Parts = {};
  for (const batch of batches) {
    const updates = updatesOf(products, batch).get(PRODUCT);
    parts = (updates && applied(parts, updates, products.partsMax)) ?? parts;
  }
  return joinedDocument(products, PRODUCT, parts);
}

describe("the fold of a joined document", () => {
  it("is the same for every order, doubled or not, in batches of any size", async () => {
    const commits = await history();
    const expected = delivered([commits]);
    const deliveries = fc
      .tuple(
        fc.shuffledSubarray(commits, { minLength: commits.length }),
        fc.array(fc.constantFrom(...commits), { maxLength: 20 }),
        fc.integer({ min: 1, max: 7 }),
      )
      .map(([all, doubles, size]) => {
        const sequence = [...doubles.slice(0, 5), ...all, ...doubles];
        const batches: Commit[][] = [];
        for (let i = 0; i < sequence.length; i += size) batches.push(sequence.slice(i, i + size));
        return batches;
      });
    fc.assert(fc.property(deliveries, (batches) => expect(delivered(batches)).toEqual(expected)));
  });

  it("keeps the version of a withdrawn source, so that an older commit cannot raise it from the dead", async () => {
    const commits = await history();
    const offers = commits.filter(({ aggregateId }) => aggregateId === "o1");
    const document = delivered([[...offers].reverse(), ...offers.map((one) => [one])]);
    expect(document["sources"]).toEqual({ "offer/o1": { version: 3, part: null } });
    expect(document["offers"]).toEqual([]);
  });

  it("advances a source even if nothing visible changed", async () => {
    const mall = createMall();
    const made = await mall.offer("o1", PRODUCT, 500);
    const revised = await mall.run("offer.revise", "o1", { sku: "other" });
    const { sources: before, ...visibleBefore } = delivered([[made]]);
    const { sources: after, ...visibleAfter } = delivered([[made], [revised]]);
    expect(visibleAfter).toEqual(visibleBefore);
    expect(before).toMatchObject({ "offer/o1": { version: 1 } });
    expect(after).toMatchObject({ "offer/o1": { version: 2 } });
  });

  it("is the same as text, with the text of its parts in it", async () => {
    const updates = updatesOf(products, await history()).get(PRODUCT) ?? new Map<string, never>();
    const parts = applied({}, updates, products.partsMax) ?? {};
    const text = joinedText(products, PRODUCT, parts);
    expect(JSON.parse(text.document)).toEqual(JSON.parse(JSON.stringify(joinedDocument(products, PRODUCT, parts))));
    expect(JSON.parse(text.parts)).toEqual(JSON.parse(JSON.stringify(parts)));
    const bare = { ...products, compose: () => ({}) };
    expect(joinedText(bare, PRODUCT, {}).document).toBe('{"sources":{}}');
  });

  it("refuses a source more than a document may have, and says so", () => {
    const parts = { "offer/a": { version: 1, part: {} } };
    const more = new Map([["offer/b", { version: 1, part: {} }]]);
    expect(() => applied(parts, more, 1)).toThrow("it would have 2 sources, and may have 1");
    expect(applied(parts, new Map([["offer/a", { version: 2, part: null }]]), 1)).not.toBeNull();
  });

  it("passes over a commit whose aggregate does not exist yet", () => {
    const fenced = { aggregate: "offer", aggregateId: "o9", version: 1, state: { status: "absent" } } as Commit;
    expect(updatesOf(products, [fenced]).size).toBe(0);
  });
});
