import { entryIn } from "../../../console/account/entry-link";
import { wire } from "../../../console/client/wire";
import { problemOf } from "../../../console/client/problem";
import {
  addressOf,
  changed,
  chosenIn,
  orderedFacets,
  paramOf,
  pricedAs,
  questionIn,
} from "../../../console/shop/question";

describe("what is asked for travels", () => {
  it("in the path and the query string, lists as the same name several times", () => {
    expect(
      wire("GET /v1/sellers/{sellerId}/offers", { sellerId: "a/b", q: "x y", brand: ["p", "q"], none: null }),
    ).toEqual({ method: "GET", url: "/v1/sellers/a%2Fb/offers?q=x+y&brand=p&brand=q", body: null });
  });

  it("in the path and the body", () => {
    expect(wire("PUT /v1/offers/{id}/price", { id: "o1", price: { amountMinor: 5 } })).toEqual({
      method: "PUT",
      url: "/v1/offers/o1/price",
      body: '{"price":{"amountMinor":5}}',
    });
  });
});

describe("what went wrong", () => {
  it("keeps its type, its words and what else it told", () => {
    const problem = problemOf(409, { type: "urn:stoa:refusal:CART_CHANGED", detail: "It changed.", changes: [1] });
    expect([problem.type, problem.status, problem.detail, problem.data]).toEqual([
      "CART_CHANGED",
      409,
      "It changed.",
      { changes: [1] },
    ]);
    expect(problem.language).toBe("en");
    expect(problemOf(400, { type: "urn:stoa:refusal:VALIDATION_FAILED", detail: "Fehlt." }, "de").language).toBe("de");
  });

  it("is told by its status where the mall told nothing", () => expect(problemOf(502, null).type).toBe("HTTP_502"));
});

describe("a search", () => {
  const question = questionIn("?brand=B&q=lamp&brand=B&brand=A&evil=1&sort=");

  it("keeps what it knows, each once, in one order", () =>
    expect(addressOf(question)).toBe("/search?q=lamp&brand=B&brand=A"));

  it("is narrowed down and widened again", () => {
    const narrow = changed(question, ...paramOf("colour", { value: "black" }));
    expect(addressOf(narrow)).toBe("/search?q=lamp&brand=B&brand=A&attribute=colour%3Ablack");
    expect(chosenIn(narrow)).toEqual([
      ["brand", "B"],
      ["brand", "A"],
      ["attribute", "colour:black"],
    ]);
    expect(addressOf(changed(narrow, "attribute", "colour:black", false))).toBe(addressOf(question));
    expect(addressOf(changed(question, "q", ""))).toBe("/search?brand=B&brand=A");
  });
});

describe("a search by ranges", () => {
  const question = questionIn("?q=lamp&section=outlet");
  const watts = { value: "10..20", from: 10, to: 20, count: 3 };

  it("asks for numbers between borders, several of them if need be", () => {
    const [name, sent] = paramOf("watts", watts);
    expect(addressOf(changed(question, name, sent))).toBe("/search?q=lamp&section=outlet&range=watts%3A10..20");
  });

  it("asks for one range of prices at a time, which is taken away by choosing it again", () => {
    const cheap = pricedAs(question, { value: "100-199", from: 100, to: 199, count: 1 }, true);
    expect(addressOf(cheap)).toBe("/search?q=lamp&priceMin=100&priceMax=199&section=outlet");
    expect(addressOf(pricedAs(cheap, { value: "", from: 100, to: 199, count: 1 }, false))).toBe(addressOf(question));
  });

  it("shows prices where their bounds are typed, and not among attributes", () => {
    expect(orderedFacets(["watts", "price", "brand"])).toEqual(["brand", "watts"]);
  });
});

describe("a link of the start", () => {
  const link = (text: string): string => `#enter=${Buffer.from(text).toString("base64url")}`;

  it("names address and password", () => {
    expect(entryIn(link("ada@example.com:a:b"))).toEqual({ email: "ada@example.com", password: "a:b" });
  });

  it.each(["", "#code=x", "#enter=%%%", link("nobody")])("%p names nobody", (hash) => expect(entryIn(hash)).toBeNull());
});
