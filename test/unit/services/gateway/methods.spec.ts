import { allowOf, expressionOf, shadowed } from "../../../../services/gateway/methods";

describe("an address's pattern", () => {
  test.each([
    ["/v1/offers", "/v1/offers", true],
    ["/v1/offers", "/v1/offers/o-1", false],
    ["/v1/offers/:id", "/v1/offers/o-1", true],
    ["/v1/offers/:id", "/v1/offers/", false],
    ["/v1/offers/:id", "/v1/offers/o-1/price", false],
    ["/v1/offers/:id/price", "/v1/offers/o%2F1/price", true],
    ["/openapi.json", "/openapiXjson", false],
    ["/seller/*", "/seller/orders/o-1", true],
    ["/seller/*", "/sellers", false],
  ])("%s and %s", (pattern, path, fits) => {
    expect(expressionOf(pattern).test(path)).toBe(fits);
  });
});

test("what is allowed names what follows from it", () => {
  expect(allowOf(["PATCH", "GET", "HEAD"])).toBe("PATCH, GET, HEAD, OPTIONS");
  expect(allowOf(["POST"])).toBe("POST, OPTIONS");
});

test("an address is shadowed by a pattern that has methods which it has not", () => {
  const taken = new Map([
    ["/v1/jobs/:id", ["GET"]],
    ["/v1/jobs/imports", ["POST"]],
    ["/v1/jobs/newest", ["GET"]],
    ["/v1/jobs", ["GET", "POST"]],
  ]);
  expect(shadowed(taken)).toEqual(["/v1/jobs/imports"]);
});
