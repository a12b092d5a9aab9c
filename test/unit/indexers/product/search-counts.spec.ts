import { readFacets } from "../../../../indexers/product/products.counts.query";

describe("facets read from counts", () => {
  it("tell of offers' sellers the twenty with the most products, also where others have more offers", () => {
    const bucket = (n: number) => {
      const key = `s-${String(n).padStart(3, "0")}`;
      return { key, doc_count: 200 - n, products: { doc_count: n < 10 ? 1 : 100 - n } };
    };
    const buckets = Array.from({ length: 100 }, (_, n) => bucket(n));
    const offers = { offers: { fitting: { seller: { values: { buckets } } } } };
    const found = readFacets({ together: { doc_count: 1, offers, attributes: counts() } })["seller"] ?? [];
    expect(found.map(({ value }) => value)).toEqual(buckets.slice(10, 30).map(({ key }) => key));
    expect(found[0]).toMatchObject({ value: "s-010", count: 90 });
  });

  const counts = (...values: [string, number][]) => ({
    values: { buckets: values.map(([key, doc_count]) => ({ key, doc_count })) },
  });

  it("are one per attribute that leaves a choice, and always brand and category", () => {
    const attributes = counts(["colour:red", 3], ["kind:lamp", 3], ["colour:blue", 1]);
    expect(readFacets({ brand: counts(["A", 2]), category: counts(), attributes })).toEqual({
      colour: [
        { value: "red", count: 3 },
        { value: "blue", count: 1 },
      ],
      brand: [{ value: "A", count: 2 }],
      category: [],
      seller: [],
      condition: [],
      price: [],
    });
  });

  it("show a chosen attribute even where it leaves no choice, or nothing", () => {
    const found = { attributes: counts(["kind:lamp", 3]), "attribute:kind": counts(["kind:lamp", 3]) };
    expect(readFacets({ ...found, "attribute:size": counts() })).toEqual({
      kind: [{ value: "lamp", count: 3 }],
      size: [],
      brand: [],
      category: [],
      seller: [],
      condition: [],
      price: [],
    });
  });

  it("tell ranges of prices, where all are of one currency and leave a choice", () => {
    const step = (key: string, products: number) => ({ key, doc_count: 9, products: { doc_count: products } });
    const prices = (currencies: number, ...buckets: object[]) => ({
      offers: {
        offers: {
          fitting: { price: { steps: { buckets }, currencies: { buckets: Array(currencies).fill({}) as object[] } } },
        },
      },
    });
    const two = [step("0:100", 3), step("0:1000", 1)];
    expect(readFacets(prices(1, ...two))["price"]).toEqual([
      { value: "100-999", from: 100, to: 999, count: 3 },
      { value: "1000-9999", from: 1_000, to: 9_999, count: 1 },
    ]);
    expect(readFacets(prices(1, ...two), { priceMin: 250, priceMax: 4_000 })["price"]).toMatchObject([
      { value: "250-999" },
      { value: "1000-4000" },
    ]);
    expect([readFacets(prices(2, ...two))["price"], readFacets(prices(1, step("0:1", 3)))["price"]]).toEqual([[], []]);
  });

  const steps = (...found: [string, number][]) => ({
    steps: { buckets: found.map(([key, doc_count]) => ({ key, doc_count })) },
  });
  const inches = steps(["inch:0:10", 90], ["inch:1:10", 90], ["inch:2:14", 60], ["inch:2:12", 30]);

  it("are ranges of a number of many values, and its values where they are few and all of them", () => {
    const many = Array.from({ length: 9 }, (_, n): [string, number] => [`inch:${12 + n / 10}`, 10]);
    expect(readFacets({ attributes: { ...counts(...many), ...inches } })["inch"]).toEqual([
      { value: "12..14", from: 12, to: 14, count: 30 },
      { value: "14..16", from: 14, to: 16, count: 60 },
    ]);
    const few = counts(["inch:14", 60], ["inch:12", 30]);
    expect(readFacets({ attributes: { ...few, ...inches } })["inch"]).toEqual([
      { value: "14", count: 60 },
      { value: "12", count: 30 },
    ]);
    // some of them are not told: there are more than these
    expect(readFacets({ attributes: { ...counts(["inch:14", 59]), ...inches } })["inch"]).toHaveLength(2);
  });

  it("are ranges of a chosen number, too, and of none that is offered as no filter", () => {
    const chosen = { ...counts(["inch:14", 5]), ...inches };
    expect(readFacets({ attributes: counts(), "attribute:inch": chosen })["inch"]).toHaveLength(2);
    const hidden = readFacets({ attributes: { ...counts(), ...inches } }, { isFacet: () => false });
    expect(hidden["inch"]).toBeUndefined();
  });

  it("say in what a number is counted, where it is told in ranges", () => {
    const unitOf = (name: string) => (name === "inch" ? "in" : undefined);
    const ranged = readFacets({ attributes: { ...counts(), ...inches } }, { unitOf });
    expect((ranged["inch"] ?? []).map(({ unit }) => unit)).toEqual(["in", "in"]);
    const told = { ...counts(["inch:14", 60], ["inch:12", 30]), ...inches };
    expect(readFacets({ attributes: told }, { unitOf })["inch"]?.[0]).toEqual({ value: "14", count: 60 });
  });

  it("are at most ten attributes of at most twenty values", () => {
    const many = Array.from({ length: 12 }, (_, name) =>
      Array.from({ length: 30 }, (_, value): [string, number] => [`a${name}:${value}`, 1]),
    );
    const facets = readFacets({ attributes: counts(...many.flat()) });
    expect(Object.keys(facets)).toHaveLength(10 + 5);
    expect(facets["a0"]).toHaveLength(20);
  });
});
