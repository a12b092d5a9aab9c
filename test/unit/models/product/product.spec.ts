import { product, type ProductEvent } from "../../../../models/product/product.aggregate";
import type { CategoryRules } from "../../../../models/product/product.attributes.aggregate";
import { productContract, type Attributes } from "../../../../models/product/product.contract";
import { given, NOW } from "../../../support/given";

const id = "p1";
const shirt = {
  title: { en: "Shirt" },
  options: [{ name: "size", values: ["s", "m"] }],
  variants: [{ id: "v1", options: { size: "s" } }],
  channels: ["main"],
};
const created: ProductEvent = { type: "product.created", data: shirt };
const published: ProductEvent = { type: "product.published", data: { at: NOW } };
const withdrawn: ProductEvent = { type: "product.withdrawn", data: {} };
const restored: ProductEvent = { type: "product.restored", data: {} };
const scheduled: ProductEvent = { type: "product.scheduled", data: { publishAt: "2026-03-01T00:00:00.000Z" } };
const history = given(product);

describe("product", () => {
  it("is created as a draft", () => {
    history()
      .when("product.create", shirt)
      .then(created)
      .andState({ status: "draft", publishAt: null, ...shirt });
    history()
      .when("product.create", { ...shirt, publish: false })
      .then(created);
  });

  it("is created and published at once", () => {
    history()
      .when("product.create", { ...shirt, publish: true })
      .then(created, published)
      .andState({ status: "published", publishedAt: NOW, ...shirt });
  });

  it("of a seller stays that seller's", () => {
    history()
      .when("product.create", { ...shirt, sellerId: "s1" })
      .then({ type: "product.created", data: { ...shirt, sellerId: "s1" } })
      .andState({ status: "draft", publishAt: null, ...shirt, sellerId: "s1" });
    const revise = productContract.actions["product.revise"].params;
    expect(revise.validate({ id, sellerId: "s2" }).error?.message).toMatch(/"sellerId" is not allowed/);
  });

  describe("of a category", () => {
    const rules: CategoryRules = {
      id: "lamps",
      attributes: [
        { name: "watts", label: { en: "Power" }, type: "number", unit: "W", required: true },
        { name: "colour", label: { en: "Colour" }, type: "choice", values: ["red", "blue"] },
        { name: "dimmable", label: { en: "Dimmable" }, type: "boolean" },
        { name: "note", label: { en: "Note" }, type: "text" },
      ],
    };
    const lamp = { title: { en: "Lamp" }, channels: [], categoryId: "lamps" };
    const fitting = { watts: 7, colour: "red", dimmable: true, note: "new", anything: "else" };
    const put: ProductEvent = { type: "product.created", data: { ...lamp, attributes: fitting } };

    it("is created when its attributes fit; what the category does not define may be said freely", () => {
      history()
        .when("product.create", { ...lamp, attributes: fitting, rules })
        .then(put)
        .andState({ status: "draft", publishAt: null, ...lamp, attributes: fitting });
    });

    it.each<[string, Attributes | undefined, string[]]>([
      ["nothing of what is required", undefined, ['"attributes.watts" is required in this category']],
      ["a text for a number", { watts: "7" }, ['"attributes.watts" must be a number (W)']],
      [
        "a value that is none of the choice, a number for a flag and a flag for a text",
        { watts: 7, colour: "green", dimmable: 1, note: true },
        [
          '"attributes.colour" must be one of red, blue',
          '"attributes.dimmable" must be true or false',
          '"attributes.note" must be a text',
        ],
      ],
    ])("is refused for %s, with a fault for each field", (_what, attributes, messages) => {
      const faults = messages.map((message) => ({ field: message.split('"')[1], message }));
      history()
        .when("product.create", { ...lamp, ...(attributes && { attributes }), rules })
        .refused("PRODUCT_ATTRIBUTES", { categoryId: "lamps", faults });
      history(put)
        .when("product.revise", { id, attributes: attributes ?? {}, rules })
        .refused("PRODUCT_ATTRIBUTES", { categoryId: "lamps", faults });
    });

    it("is asked again when it gets another category, and not when something else is revised", () => {
      const wanting = {
        ...rules,
        id: "chairs",
        attributes: [{ ...rules.attributes[0], name: "legs" }],
      } as CategoryRules;
      history(put)
        .when("product.revise", { id, categoryId: "chairs", rules: wanting })
        .refused("PRODUCT_ATTRIBUTES", {
          categoryId: "chairs",
          faults: [{ field: "attributes.legs", message: '"attributes.legs" is required in this category' }],
        });
      history(put)
        .when("product.revise", { id, brand: "Acme" })
        .then({ type: "product.revised", data: { brand: "Acme" } });
    });

    it("is not judged by the rules of another category than the one it has by then", () => {
      history(put)
        .when("product.revise", { id, attributes: {}, rules: { id: "chairs", attributes: [] } })
        .refused("WRITES_CONTENDED", { categoryId: "lamps" });
      history(put).when("product.revise", { id, attributes: {} }).refused("WRITES_CONTENDED");
    });
  });

  it("is created once", () => history(created).when("product.create", shirt).refused("ALREADY_EXISTS"));

  it.each([
    ["another value", { size: "xl" }],
    ["another option", { colour: "red" }],
    ["no option", {}],
    ["one option too many", { size: "s", colour: "red" }],
  ])("has no variant that chooses %s", (_what, options) => {
    const variants = [{ id: "v9", options: options as Record<string, string> }];
    history()
      .when("product.create", { ...shirt, variants })
      .refused("PRODUCT_VARIANT_UNKNOWN", { id: "v9" });
    history(created).when("product.revise", { id, variants }).refused("PRODUCT_VARIANT_UNKNOWN", { id: "v9" });
  });

  it("does not lose an option that a variant chooses", () => {
    history(created).when("product.revise", { id, options: [] }).refused("PRODUCT_VARIANT_UNKNOWN", { id: "v1" });
  });

  it("is revised in every state; what is left out stays", () => {
    const revised: ProductEvent = { type: "product.revised", data: { brand: "Acme" } };
    history(created)
      .when("product.revise", { id, brand: "Acme" })
      .then(revised)
      .andState({ status: "draft", publishAt: null, ...shirt, brand: "Acme" });
    history(created, published).when("product.revise", { id, brand: "Acme" }).then(revised);
    history(created, published, withdrawn).when("product.revise", { id, brand: "Acme" }).then(revised);
  });

  it("is published from a draft, at the moment of the command", () => {
    history(created)
      .when("product.publish", { id })
      .then(published)
      .andState({ status: "published", publishedAt: NOW, ...shirt });
  });

  it("is scheduled, and publishes itself then", () => {
    const publishAt = "2026-03-01T00:00:00.000Z";
    const waiting = history(created, scheduled);
    history(created)
      .when("product.schedule", { id, publishAt })
      .then(scheduled)
      .andState({ status: "draft", publishAt, ...shirt });
    expect(product.due?.(waiting.state)).toEqual([{ at: publishAt, command: "product.publish", params: {} }]);
    waiting
      .when("product.publish", { id })
      .then(published)
      .andState({ status: "published", publishedAt: NOW, ...shirt });
  });

  it("has nothing due without a schedule, and none once it is published", () => {
    for (const events of [[], [created], [created, scheduled, published]]) {
      expect(product.due?.(history(...events).state)).toEqual([]);
    }
  });

  it("that is no draft is neither published nor scheduled", () => {
    for (const events of [
      [created, published],
      [created, published, withdrawn],
    ]) {
      history(...events)
        .when("product.publish", { id })
        .refused("PRODUCT_NOT_DRAFT");
      history(...events)
        .when("product.schedule", { id, publishAt: NOW })
        .refused("PRODUCT_NOT_DRAFT");
    }
  });

  it("is withdrawn and restored", () => {
    const at = { publishedAt: NOW, ...shirt };
    history(created, published)
      .when("product.withdraw", { id })
      .then(withdrawn)
      .andState({ status: "withdrawn", ...at });
    history(created, published, withdrawn)
      .when("product.restore", { id })
      .then(restored)
      .andState({ status: "published", ...at });
  });

  it("is withdrawn only when published, and restored only when withdrawn", () => {
    history(created).when("product.withdraw", { id }).refused("PRODUCT_NOT_PUBLISHED");
    history(created, published, withdrawn).when("product.withdraw", { id }).refused("PRODUCT_NOT_PUBLISHED");
    history(created).when("product.restore", { id }).refused("PRODUCT_NOT_WITHDRAWN");
    history(created, published).when("product.restore", { id }).refused("PRODUCT_NOT_WITHDRAWN");
  });

  it("is listed in a channel once", () => {
    const listed: ProductEvent = { type: "product.listed", data: { channelId: "de" } };
    history(created)
      .when("product.list", { id, channelId: "de" })
      .then(listed)
      .andState({ status: "draft", publishAt: null, ...shirt, channels: ["main", "de"] });
    history(created).when("product.list", { id, channelId: "main" }).then();
  });

  it("is listed in a hundred channels at most", () => {
    const channels = Array.from({ length: 100 }, (_, n) => `c${n}`);
    const full = history({ type: "product.created", data: { ...shirt, channels } });
    full.when("product.list", { id, channelId: "one-more" }).refused("PRODUCT_CHANNELS_FULL");
    full.when("product.list", { id, channelId: "c7" }).then();
  });

  it("is taken out of a channel once", () => {
    history(created)
      .when("product.unlist", { id, channelId: "main" })
      .then({ type: "product.unlisted", data: { channelId: "main" } })
      .andState({ status: "draft", publishAt: null, ...shirt, channels: [] });
    history(created).when("product.unlist", { id, channelId: "de" }).then();
  });

  it("that does not exist refuses every command", () => {
    for (const command of ["product.revise", "product.publish", "product.withdraw", "product.restore"] as const) {
      history().when(command, { id }).refused("NOT_FOUND");
    }
    history().when("product.schedule", { id, publishAt: NOW }).refused("NOT_FOUND");
    history().when("product.list", { id, channelId: "main" }).refused("NOT_FOUND");
    history().when("product.unlist", { id, channelId: "main" }).refused("NOT_FOUND");
  });
});
