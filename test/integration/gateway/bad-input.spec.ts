import { connect } from "node:net";
import { openDoor, type Door } from "./door";

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.stop());

const PROBLEM = "application/problem+json";

interface Told {
  readonly status: number;
  readonly type: string;
  readonly requestId: string;
  readonly fields: string[];
  readonly detail: string;
}

async function told(response: Response): Promise<Told> {
  const problem = (await response.json()) as {
    type: string;
    status: number;
    detail: string;
    requestId: string;
    faults?: { field: string }[];
  };
  expect(response.headers.get("content-type")).toBe(PROBLEM);
  expect(problem.status).toBe(response.status);
  expect(response.headers.get("x-request-id")).toBe(problem.requestId);
  expect(problem.detail).not.toBe("");
  const type = problem.type.replace("urn:stoa:refusal:", "");
  return { ...problem, type, fields: (problem.faults ?? []).map(({ field }) => field) };
}

async function post(path: string, body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Told> {
  const before = door.heard.length;
  const all = { ...door.admin, "content-type": "application/json", ...headers };
  const answer = await told(await fetch(`${door.url}${path}`, { method: "POST", headers: all, body }));
  expect(door.heard.length).toBe(before);
  return answer;
}

const offer = { productId: "p-1", sellerId: "s-1", sku: "A1", condition: "new" };
const price = { amountMinor: 100, currency: "EUR" };
const lamp = { title: { en: "Lamp" }, channels: [] };
const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

test("what is wrong is told in the language that its caller reads", async () => {
  const headers = { ...door.admin, "content-type": "application/json", "accept-language": "ko-KR,ko;q=0.9,en;q=0.5" };
  const answer = await fetch(`${door.url}/v1/products`, {
    method: "POST",
    headers,
    body: JSON.stringify({ title: 1 }),
  });
  expect(answer.headers.get("content-language")).toBe("ko");
  expect((await answer.json()) as object).toMatchObject({
    type: "urn:stoa:refusal:VALIDATION_FAILED",
    detail: expect.stringContaining('"title" 값은 객체여야 합니다') as string,
    faults: expect.arrayContaining([expect.objectContaining({ field: "title", rule: "object.base" })]) as object[],
  });
});

describe("a body that the schema refuses is a 400 that names the field", () => {
  test.each<[string, string, object, string]>([
    ["an unknown field", "/v1/products", { ...lamp, colour: "red" }, "colour"],
    ["an unknown field deep inside", "/v1/offers", { ...offer, price: { ...price, vat: 1 } }, "price.vat"],
    ["a wrong type", "/v1/products", { ...lamp, title: "Lamp" }, "title"],
    ["a number as a string", "/v1/offers", { ...offer, price: { ...price, amountMinor: "100" } }, "price.amountMinor"],
    ["a negative price", "/v1/offers", { ...offer, price: { ...price, amountMinor: -1 } }, "price.amountMinor"],
    ["half a cent", "/v1/offers", { ...offer, price: { ...price, amountMinor: 0.5 } }, "price.amountMinor"],
    ["an absurd price", "/v1/offers", { ...offer, price: { ...price, amountMinor: 1e300 } }, "price.amountMinor"],
    ["a missing field", "/v1/offers", offer, "price"],
    ["an absurd length", "/v1/products", { ...lamp, brand: "x".repeat(500_000) }, "brand"],
    ["an absurd list", "/v1/products", { ...lamp, channels: Array<string>(5_000).fill("c") }, "channels[1]"],
    ["null", "/v1/products", { ...lamp, brand: null }, "brand"],
    ["a NUL", "/v1/products", { ...lamp, brand: "a\u0000b" }, "brand"],
    ["a NUL in a map", "/v1/products", { ...lamp, attributes: { a: "\u0000" } }, "attributes.a"],
    ["a NUL in a name", "/v1/products", { ...lamp, attributes: { "a\u0000": "b" } }, "a\\u0000"],
    ["half a character", "/v1/products", { ...lamp, brand: "\ud83d" }, "brand"],
    ["a script as URL", "/v1/products", { ...lamp, media: [{ kind: "image", url: "javascript:1" }] }, "media[0].url"],
  ])("%s", async (_what, path, body, field) => {
    const { status, type, fields } = await post(path, JSON.stringify(body));
    expect([status, type]).toEqual([400, "VALIDATION_FAILED"]);
    expect(fields).toContain(field);
  });

  test("an id that cannot be one, also an absurdly long one", async () => {
    for (const id of ["UPPER", "a%00b", "-x", "x".repeat(5_000), "%F0%9F%92%A1"]) {
      const { status, fields } = await post(`/v1/products/${id}/publish`, "{}");
      expect([id.slice(0, 9), status, ...fields]).toEqual([id.slice(0, 9), 400, "id"]);
    }
  });
});

describe("a body that is no JSON object in UTF-8 is a 400 that says why", () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ["bad UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), /UTF-8/],
    ["an overlong form", new Uint8Array([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]), /UTF-8/],
    ["broken JSON", '{"title":', /not valid JSON/],
    ["a raw NUL", '{"title":"\u0000"}', /not valid JSON/],
    ["a list", "[]", /JSON object/],
    ["a word", '"title"', /JSON object/],
    ["nothing at all", "null", /JSON object/],
    ["deep nesting", `{"a":${nested(100_000)}}`, /deeper than 32/],
    ["deep nesting, unclosed", "[".repeat(1_000_000), /deeper than 32/],
    ["too many values", `{"a":[${"1,".repeat(100_000)}1]}`, /more than 10000 values/],
    ["too many names", `{${Array.from({ length: 60_000 }, (_, i) => `"n${i}":1`).join()}}`, /more than 10000 values/],
  ])("%s", async (_what, body, why) => {
    const { status, type, detail } = await post("/v1/products", body);
    expect([status, type]).toEqual([400, "BODY_INVALID"]);
    expect(detail).toMatch(why);
  });

  test.each(['{"__proto__":{"a":1}}', '{"title":{"\\u005f_proto__":"x"}}', '{"a":[{"__\\u0070roto__":1}]}'])(
    "a field that would become a prototype: %s",
    async (body) => {
      const { status, detail } = await post("/v1/products", body);
      expect([status, detail]).toEqual([400, '"__proto__" is not allowed.']);
    },
  );
});

describe("what is refused before the body is read", () => {
  test("413 for a body over 1 MiB, whether its length is told or not", async () => {
    const body = JSON.stringify({ ...lamp, brand: "x".repeat(1_100_000) });
    expect(await post("/v1/products", body)).toMatchObject({ status: 413, type: "BODY_TOO_LARGE" });
    const response = await fetch(`${door.url}/v1/products`, {
      method: "POST",
      headers: { ...door.admin, "content-type": "application/json" },
      body: new Blob([body]).stream(),
      duplex: "half",
    });
    expect(await told(response)).toMatchObject({ status: 413, type: "BODY_TOO_LARGE" });
  });

  test.each(["text/plain", "application/xml", "multipart/form-data", "application/json; charset=latin1", "nonsense"])(
    "415 for %s",
    async (type) => {
      const answer = await post("/v1/products", "{}", { "content-type": type });
      expect(answer).toMatchObject({ status: 415, type: "MEDIA_TYPE_UNSUPPORTED" });
    },
  );

  test("415 for a compressed body", async () => {
    expect(await post("/v1/products", "{}", { "content-encoding": "gzip" })).toMatchObject({ status: 415 });
  });

  test("404 for an address where nothing is", async () => {
    expect(await told(await fetch(`${door.url}/v1/nothing`))).toMatchObject({ status: 404, type: "ROUTE_NOT_FOUND" });
    expect(await post("/v1/nothing", "not even JSON")).toMatchObject({ status: 404 });
  });

  test("who mistypes an address in a browser is shown a page, and a program its problem", async () => {
    const asked = (path: string) => fetch(`${door.url}${path}`, { headers: { accept: "text/html,*/*;q=0.8" } });
    const page = await asked("/nowhere");
    expect([page.status, page.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(await page.text()).toContain("/console/");
    expect(await told(await asked("/v1/nothing"))).toMatchObject({ status: 404, type: "ROUTE_NOT_FOUND" });
    expect(await told(await fetch(`${door.url}/nowhere`))).toMatchObject({ status: 404, type: "ROUTE_NOT_FOUND" });
  });

  test("405 with Allow for a method that an address does not have", async () => {
    const response = await fetch(`${door.url}/v1/products/p-1`, { method: "PUT", body: "not even JSON" });
    expect(response.headers.get("allow")).toBe("PATCH, GET, HEAD, OPTIONS");
    expect(await told(response)).toMatchObject({ status: 405, type: "METHOD_NOT_ALLOWED" });
    const live = await fetch(`${door.url}/health/live`, { method: "DELETE" });
    expect([live.status, live.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    // what stands where another's name could stand keeps to its own methods
    const begun = await fetch(`${door.url}/v1/jobs/imports`);
    expect([begun.status, begun.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  });

  test("405 for HEAD where there is nothing to read, OPTIONS tells what is possible", async () => {
    expect((await fetch(`${door.url}/v1/offers`, { method: "HEAD" })).status).toBe(405);
    const options = await fetch(`${door.url}/v1/offers`, { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
    const head = await fetch(`${door.url}/v1/products/p-1`, { method: "HEAD" });
    expect([head.status, head.headers.get("etag"), await head.text()]).toEqual([200, '"3"', ""]);
  });
});

const get = async (path: string) => told(await fetch(`${door.url}${path}`));

describe("a query string that cannot be meant", () => {
  test.each([
    ["/v1/products?q=%zz", "QUERY_INVALID"],
    ["/v1/products?q=%ff", "QUERY_INVALID"],
    ["/v1/products?%c0%af=1", "QUERY_INVALID"],
    [`/v1/products?${"brand=x&".repeat(101)}`, "QUERY_INVALID"],
    ["/v1/products?token=a&token=b", "QUERY_INVALID"],
    ["/v1/products/%zz", "REQUEST_INVALID"],
    ["/v1/products/%ff", "REQUEST_INVALID"],
    ["/v1/products?token=garbled", "TOKEN_INVALID"],
  ])("%s", async (path, type) => {
    expect(await get(path)).toMatchObject({ status: 400, type });
  });

  test.each([
    ["q=a&q=b", "q"],
    ["q=%00", "q"],
    ["cursor=%00", "cursor"],
    [`q=${"x".repeat(5_000)}`, "q"],
    ["limit=1000", "limit"],
    ["limit=ten", "limit"],
    ["limit=1e99", "limit"],
    ["priceMin=-1", "priceMin"],
    ["priceMin=0.5", "priceMin"],
    ["inStock=perhaps", "inStock"],
    ["sort=cheapest", "sort"],
    ["unknown=1", "unknown"],
    ["__proto__=1", "__proto__"],
    ["constructor=1", "constructor"],
    [`brand=${Array(60).fill("x").join("&brand=")}`, "brand"],
  ])("%s is a 400 that names the field", async (query, field) => {
    const { status, type, fields } = await get(`/v1/products?${query}`);
    expect([status, type, ...fields]).toEqual([400, "VALIDATION_FAILED", field]);
  });

  test("beside a command is refused, because its params stand in the body", async () => {
    expect(await post("/v1/products/p-1/publish?force=1", "{}")).toMatchObject({ status: 400, type: "QUERY_INVALID" });
  });
});

/** Writes bytes on a connection of their own and reads until the server closes it. */
const raw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(door.url);
    let got = "";
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on("data", (bytes) => (got += bytes.toString()));
    socket.on("close", () => resolve(got));
    socket.on("error", reject);
  });

describe("what is no HTTP", () => {
  test.each([
    ["headers over 16 KiB", `GET / HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(20_000)}\r\n\r\n`, 431, "HEADERS_TOO_LARGE"],
    ["an absurd URL", `GET /${"y".repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431, "HEADERS_TOO_LARGE"],
    ["a NUL in a header", "GET / HTTP/1.1\r\nhost: x\r\nx: a\u0000b\r\n\r\n", 400, "REQUEST_INVALID"],
    ["noise", "\u0001\u0002\u0003\r\n\r\n", 400, "REQUEST_INVALID"],
    [
      "two lengths",
      "POST /v1/products HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
      "REQUEST_INVALID",
    ],
  ])("%s is answered with a problem on the socket", async (_what, text, status, type) => {
    const answer = await raw(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain(`Content-Type: ${PROBLEM}`);
    expect(answer).toContain(`urn:stoa:refusal:${type}`);
  });
});

test("nothing of all this was unexpected: no error stands in the log", () => {
  expect(door.logged).toEqual([]);
});
