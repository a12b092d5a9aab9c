import { entryIn } from "../../../console/account/entry-link";
import { wire } from "../../../console/client/wire";
import { problemOf } from "../../../console/client/problem";
import { addressOf, changed, chosenIn, paramOf, questionIn } from "../../../console/shop/question";

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
  });

  it("is told by its status where the mall told nothing", () => expect(problemOf(502, null).type).toBe("HTTP_502"));
});

describe("a search", () => {
  const question = questionIn("?brand=B&q=lamp&brand=B&brand=A&evil=1&sort=");

  it("keeps what it knows, each once, in one order", () =>
    expect(addressOf(question)).toBe("/search?q=lamp&brand=B&brand=A"));

  it("is narrowed down and widened again", () => {
    const narrow = changed(question, ...paramOf("colour", "black"));
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

describe("a link of the start", () => {
  const link = (text: string): string => `#enter=${Buffer.from(text).toString("base64url")}`;

  it("names address and password", () => {
    expect(entryIn(link("ada@example.com:a:b"))).toEqual({ email: "ada@example.com", password: "a:b" });
  });

  it.each(["", "#code=x", "#enter=%%%", link("nobody")])("%p names nobody", (hash) => expect(entryIn(hash)).toBeNull());
});
