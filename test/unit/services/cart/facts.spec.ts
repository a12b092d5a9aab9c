import { soldTerms } from "../../../../services/cart/facts.service";
import type { Call } from "../../../../services/cart/facts.service";
import { Refusal } from "../../../../models/kernel/refusal";

interface Shelf {
  readonly productId: string;
  readonly sellerId: string;
}

/** Answers in the next turn but one, so that what is asked at the same time stands together. */
function mall(shelf: Readonly<Record<string, Shelf>>, closed: readonly string[] = []) {
  const waves: string[][] = [];
  let asking: string[] | null = null;
  const wave = async (name: string): Promise<void> => {
    if (asking === null) {
      asking = [];
      waves.push(asking);
      setImmediate(() => (asking = null));
    }
    asking.push(name);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const call = async (action: string, params: { ids?: readonly string[]; id?: string }): Promise<unknown> => {
    await wave(action);
    const { ids = [], id = "" } = params;
    if (action === "offer.terms")
      return { items: ids.flatMap((one) => (shelf[one] ? [{ id: one, ...shelf[one] }] : [])) };
    if (action === "product.terms") return { items: ids.map((one) => ({ id: one })) };
    if (closed.includes(id)) throw new Refusal("SELLER_NOT_ACTIVE", 409, "closed", {});
    return { known: true };
  };
  return { call: call as unknown as Call, waves };
}

const now = { at: "2026-01-01T00:00:00.000Z", groups: [] };
const shelf = { "facts-1": { productId: "p-1", sellerId: "s-1" }, "facts-2": { productId: "p-2", sellerId: "s-2" } };

describe("what a cart is told of its offers", () => {
  it("is asked at once where it is known whose they are and on what, and is the same", async () => {
    const { call, waves } = mall(shelf, ["s-2"]);
    const ids = Object.keys(shelf);
    const first = await soldTerms(call, ids, now);
    expect(waves.map((wave) => [...new Set(wave)])).toEqual([["offer.terms"], ["product.terms"], ["seller.admit"]]);
    waves.splice(0);
    const second = await soldTerms(call, ids, now);
    expect(waves).toHaveLength(1);
    expect([...second.products.keys()].sort()).toEqual([...first.products.keys()].sort());
    expect([...second.closedSellers]).toEqual(["s-2"]);
    expect(second.offers).toEqual(first.offers);
  });

  it("does not take a hint for an answer: an offer that is not there any more is not there", async () => {
    await soldTerms(mall(shelf).call, ["facts-1"], now);
    const { offers } = await soldTerms(mall({}).call, ["facts-1"], now);
    expect(offers.size).toBe(0);
  });

  it("asks for the rest of a cart of which a part is known", async () => {
    const more = { ...shelf, "facts-3": { productId: "p-3", sellerId: "s-1" } };
    const { products, closedSellers } = await soldTerms(mall(more).call, ["facts-1", "facts-3"], now);
    expect([...products.keys()].sort()).toEqual(["p-1", "p-3"]);
    expect(closedSellers.size).toBe(0);
  });
});
