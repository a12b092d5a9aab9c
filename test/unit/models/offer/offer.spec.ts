import { offer, type OfferEvent } from "../../../../models/offer/offer.aggregate";
import type { MakeOffer } from "../../../../models/offer/offer.contract";
import { given, NOW as at } from "../../../support/given";

const eur = (amountMinor: number) => ({ amountMinor, currency: "EUR" });
const terms: MakeOffer = { productId: "p1", sellerId: "s1", sku: "L-1", price: eur(1999), condition: "new" };
const id = "o1";
const madeOf = (made: MakeOffer): OfferEvent => ({ type: "offer.made", data: { ...made, at } });
const made = madeOf(terms);
const withdrawn: OfferEvent = { type: "offer.withdrawn", data: { at } };
const restored: OfferEvent = { type: "offer.restored", data: { at } };
const costs = (amountMinor: number | null) => ({ prices: [{ at, amountMinor }] });
const history = given(offer);

describe("offer", () => {
  it("is made", () => {
    history()
      .when("offer.make", terms)
      .then(made)
      .andState({ status: "open", ...terms, ...costs(1999) });
    const ofVariant = { ...terms, variantId: "v1" };
    history().when("offer.make", ofVariant).then(madeOf(ofVariant));
  });

  it("is made once", () => history(made).when("offer.make", terms).refused("ALREADY_EXISTS"));

  it("is repriced, and the event tells what the price was", () => {
    history(made)
      .when("offer.reprice", { id, price: eur(1499) })
      .then({ type: "offer.repriced", data: { price: eur(1499), was: eur(1999), at } })
      .andState({ status: "open", ...terms, price: eur(1499), ...costs(1499) });
  });

  it("is not repriced to the price that it has", () => {
    history(made)
      .when("offer.reprice", { id, price: eur(1999) })
      .then();
  });

  it("keeps its currency", () => {
    history(made)
      .when("offer.reprice", { id, price: { amountMinor: 1999, currency: "USD" } })
      .refused("OFFER_CURRENCY_FIXED");
  });

  it("is revised", () => {
    history(made)
      .when("offer.revise", { id, sku: "L-2" })
      .then({ type: "offer.revised", data: { sku: "L-2" } })
      .andState({ status: "open", ...terms, sku: "L-2", ...costs(1999) });
    history(made)
      .when("offer.revise", { id, condition: "used" })
      .then({ type: "offer.revised", data: { condition: "used" } });
  });

  it("is withdrawn, and restored under the same terms", () => {
    history(made)
      .when("offer.withdraw", { id })
      .then(withdrawn)
      .andState({ status: "withdrawn", ...terms, ...costs(null) });
    history(made, withdrawn)
      .when("offer.restore", { id })
      .then(restored)
      .andState({ status: "open", ...terms, ...costs(1999) });
  });

  it("made before prices were kept goes on without them", () => {
    const old: OfferEvent = { type: "offer.made", data: terms };
    const repriced = { type: "offer.repriced", data: { price: eur(1499), was: eur(1999), at } } as const;
    history(old)
      .when("offer.reprice", { id, price: eur(1499) })
      .then(repriced)
      .andState({ status: "open", ...terms, price: eur(1499), ...costs(1499) });
  });

  it("that is repriced again and again within a minute keeps less of it, and the event says so", () => {
    const to = (amountMinor: number): OfferEvent => ({
      type: "offer.repriced",
      data: { price: eur(amountMinor), was: eur(1), at: new Date(Date.parse(at) - 10_000 + amountMinor).toISOString() },
    });
    const begun: OfferEvent = {
      type: "offer.made",
      data: { ...terms, at: new Date(Date.parse(at) - 10_000).toISOString() },
    };
    const step = (amountMinor: number, ms: number) => ({
      at: new Date(Date.parse(at) - 10_000 + ms).toISOString(),
      amountMinor,
    });
    history(begun, to(1), to(2), to(3), to(4))
      .when("offer.reprice", { id, price: eur(5) })
      .then({ type: "offer.repriced", data: { price: eur(5), was: eur(4), at, joins: true } })
      .andState({
        status: "open",
        ...terms,
        price: eur(5),
        prices: [step(1, 0), step(2, 2), step(3, 3), step(4, 4), { at, amountMinor: 5 }],
      });
  });

  it("that is withdrawn can only be restored", () => {
    const gone = history(made, withdrawn);
    gone.when("offer.reprice", { id, price: eur(1) }).refused("OFFER_WITHDRAWN");
    gone.when("offer.revise", { id, sku: "L-2" }).refused("OFFER_WITHDRAWN");
    gone.when("offer.withdraw", { id }).refused("OFFER_WITHDRAWN");
  });

  it("that is open cannot be restored", () =>
    history(made).when("offer.restore", { id }).refused("OFFER_NOT_WITHDRAWN"));

  it("that was never made refuses every command", () => {
    history()
      .when("offer.reprice", { id, price: eur(1) })
      .refused("NOT_FOUND");
    for (const command of ["offer.revise", "offer.withdraw", "offer.restore"] as const) {
      history().when(command, { id }).refused("NOT_FOUND");
    }
  });

  it("holds its SKU among the seller's, also while it is withdrawn", () => {
    expect(offer.claims?.(history().state)).toEqual([]);
    const revised: OfferEvent = { type: "offer.revised", data: { sku: "L-2" } };
    expect(offer.claims?.(history(made, revised).state)).toEqual(["offer.sku/s1/L-2"]);
    expect(offer.claims?.(history(made, withdrawn).state)).toEqual(["offer.sku/s1/L-1"]);
  });
});
