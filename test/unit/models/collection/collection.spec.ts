import { collection, type CollectionEvent } from "../../../../models/collection/collection.aggregate";
import { collectionContract } from "../../../../models/collection/collection.contract";
import { given } from "../../../support/given";

const id = "c1";
const gifts = { slug: "gifts", title: { en: "Gifts", de: "Geschenke" } };
const rule = { brand: ["Acme"], priceMax: 2_000, currency: "EUR" };
const byHand = (...products: string[]): CollectionEvent => ({
  type: "collection.created",
  data: { ...gifts, filling: { by: "hand", products } },
});
const byRule: CollectionEvent = { type: "collection.created", data: { ...gifts, filling: { by: "rule", rule } } };
const published: CollectionEvent = { type: "collection.published", data: {} };
const history = given(collection);
const holding = (...products: string[]) => ({ status: "draft", ...gifts, filling: { by: "hand", products } }) as const;

describe("collection", () => {
  it("is created by hand as a draft", () => {
    history()
      .when("collection.create", { ...gifts, products: ["a", "b"] })
      .then(byHand("a", "b"))
      .andState(holding("a", "b"));
  });

  it("is created by a rule, and published at once", () => {
    history()
      .when("collection.create", { ...gifts, rule, publish: true })
      .then(byRule, published)
      .andState({ status: "published", ...gifts, filling: { by: "rule", rule } });
  });

  it("is created once", () =>
    history(byHand())
      .when("collection.create", { ...gifts, products: [] })
      .refused("ALREADY_EXISTS"));

  it("is revised, what is left out stays", () => {
    history(byHand("a"))
      .when("collection.revise", { id, title: { en: "Presents" }, channels: ["web"] })
      .then({ type: "collection.revised", data: { title: { en: "Presents" }, channels: ["web"] } })
      .andState({ ...holding("a"), title: { en: "Presents" }, channels: ["web"] });
  });

  it("is filled anew, by hand instead of by a rule and back", () => {
    const refilled: CollectionEvent = {
      type: "collection.revised",
      data: { filling: { by: "hand", products: ["b", "a"] } },
    };
    history(byRule)
      .when("collection.revise", { id, products: ["b", "a"] })
      .then(refilled)
      .andState(holding("b", "a"));
    history(byRule, refilled)
      .when("collection.revise", { id, rule })
      .then({ type: "collection.revised", data: { filling: { by: "rule", rule } } })
      .andState({ status: "draft", ...gifts, filling: { by: "rule", rule } });
  });

  it.each([{ lang: "de" }, { brand: [], q: "" }, { priceMin: 2, priceMax: 1 }])(
    "is filled by no rule that asks for nothing or for what cannot be: %j",
    (odd) => {
      history()
        .when("collection.create", { ...gifts, rule: odd })
        .refused("COLLECTION_RULE_ODD");
      history(byHand()).when("collection.revise", { id, rule: odd }).refused("COLLECTION_RULE_ODD");
    },
  );

  it.each([{ priceMin: 0 }, { inStock: false }, { priceMin: 1, priceMax: 1 }, { q: "lamp" }])(
    "is filled by a rule that asks for one thing: %j",
    (one) => {
      history()
        .when("collection.create", { ...gifts, rule: one })
        .then({ type: "collection.created", data: { ...gifts, filling: { by: "rule", rule: one } } });
    },
  );

  it("takes a product in at the end or at a place, and moves one that is in", () => {
    const include = (productId: string, position?: number) =>
      history(byHand("a", "b", "c")).when("collection.include", {
        id,
        productId,
        ...(position !== undefined && { position }),
      });
    const included = (productId: string, position: number): CollectionEvent => ({
      type: "collection.included",
      data: { productId, position },
    });
    include("d")
      .then(included("d", 3))
      .andState(holding("a", "b", "c", "d"));
    include("d", 1)
      .then(included("d", 1))
      .andState(holding("a", "d", "b", "c"));
    include("d", 99)
      .then(included("d", 3))
      .andState(holding("a", "b", "c", "d"));
    include("a", 2)
      .then(included("a", 2))
      .andState(holding("b", "c", "a"));
    include("c", 0)
      .then(included("c", 0))
      .andState(holding("c", "a", "b"));
    for (const [stays, position] of [
      ["b", undefined],
      ["b", 1],
      ["c", 99],
    ] as const)
      include(stays, position).then();
  });

  it("takes a product out, once", () => {
    history(byHand("a", "b"))
      .when("collection.exclude", { id, productId: "a" })
      .then({ type: "collection.excluded", data: { productId: "a" } })
      .andState(holding("b"));
    history(byHand("b")).when("collection.exclude", { id, productId: "a" }).then();
  });

  it("takes no product in or out where a rule does", () => {
    const data = { slug: "gifts" };
    history(byRule).when("collection.include", { id, productId: "a" }).refused("COLLECTION_BY_RULE", data);
    history(byRule).when("collection.exclude", { id, productId: "a" }).refused("COLLECTION_BY_RULE", data);
  });

  it("holds a thousand; to move one of them is always possible", () => {
    const full = history(byHand(...Array.from({ length: 1_000 }, (_, n) => `p${n}`)));
    full.when("collection.include", { id, productId: "one-more" }).refused("COLLECTION_FULL");
    full.when("collection.include", { id, productId: "p999", position: 0 }).then({
      type: "collection.included",
      data: { productId: "p999", position: 0 },
    });
  });

  it("is published and made a draft again, each once", () => {
    history(byHand()).when("collection.publish", { id }).then(published);
    history(byHand(), published).when("collection.publish", { id }).then();
    history(byHand(), published)
      .when("collection.unpublish", { id })
      .then({ type: "collection.unpublished", data: {} })
      .andState(holding());
    history(byHand()).when("collection.unpublish", { id }).then();
  });

  it("gets back what it was filled with, not whether it was published", () => {
    const content = { title: gifts.title, filling: { by: "rule", rule } } as const;
    const revert = { id, version: 1, content, gone: ["description"] } as const;
    history(byRule, published, {
      type: "collection.revised",
      data: { description: { en: "Late" }, filling: { by: "hand", products: ["a"] } },
    })
      .when("collection.revert", revert)
      .then({
        type: "collection.reverted",
        data: { toVersion: 1, content: { filling: { by: "rule", rule } }, gone: ["description"] },
      })
      .andState({ status: "published", ...gifts, filling: { by: "rule", rule } });
    history(byRule).when("collection.revert", revert).then();
  });

  it("must be there", () => {
    const nothing = history();
    nothing.when("collection.revise", { id, title: gifts.title }).refused("NOT_FOUND");
    nothing.when("collection.revert", { id, version: 1, content: {}, gone: [] }).refused("NOT_FOUND");
    nothing.when("collection.include", { id, productId: "a" }).refused("NOT_FOUND");
    nothing.when("collection.exclude", { id, productId: "a" }).refused("NOT_FOUND");
    nothing.when("collection.publish", { id }).refused("NOT_FOUND");
    nothing.when("collection.unpublish", { id }).refused("NOT_FOUND");
  });

  it("keeps its slug as a draft, too", () => {
    const claims = (...events: CollectionEvent[]) => collection.claims?.(history(...events).state);
    expect(claims()).toEqual([]);
    expect(claims(byHand())).toEqual(["collection.slug/gifts"]);
  });
});

describe("its contract", () => {
  const create = (more: object) =>
    collectionContract.actions["collection.create"].params.validate({ ...gifts, ...more }, { convert: false }).error;

  it("takes products or a rule, and one of the two to begin with", () => {
    expect([create({ products: [] }), create({ rule })]).toEqual([undefined, undefined]);
    expect(create({})?.message).toMatch(/products, rule/);
    expect(create({ products: [], rule })?.message).toMatch(/products, rule/);
    const revise = collectionContract.actions["collection.revise"].params;
    expect(revise.validate({ id, products: [], rule }).error?.message).toMatch(/must not exist|conflict/);
  });

  it("takes no rule with words of another question", () => {
    for (const odd of [{ collection: "other" }, { channel: "web" }, { limit: 3 }, {}]) {
      expect(create({ rule: odd })?.message).toMatch(/rule/);
    }
  });

  it("bounds what is put in by hand", () => {
    const products = Array.from({ length: 1_001 }, (_, n) => `p${n}`);
    expect(create({ products })?.message).toMatch(/1000/);
    expect(create({ products: ["a", "a"] })?.message).toMatch(/duplicate/);
  });
});
