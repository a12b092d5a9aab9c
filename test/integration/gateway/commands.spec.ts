import { randomUUID } from "node:crypto";
import { stockIdOf } from "../../../models/stock/stock.contract";
import { issueToken } from "../../../services/gateway/tokens";
import { readWrites } from "../../../services/gateway/write-token";
import { commandIdOf, createdId } from "../../../services/kernel/command-id";
import { COMMITTED_AT, openDoor, SECRET, type Door } from "./door";

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.stop());

const lamp = { title: { en: "Lamp" }, channels: [] };
const json = { "content-type": "application/json" };

const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(`${door.url}${path}`, {
    method,
    headers: { ...door.admin, ...(body === undefined ? {} : json), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

describe("a command over HTTP", () => {
  test("that creates answers 201 with the receipt, where to find it, its version and its token", async () => {
    const key = randomUUID();
    const response = await send("POST", "/v1/products", lamp, { "idempotency-key": key });
    const id = createdId("product", commandIdOf("admin", "product.create", key));
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ id, version: 1, committedAt: COMMITTED_AT });
    expect(response.headers.get("location")).toBe(`/v1/products/${id}`);
    expect(response.headers.get("etag")).toBe('"1"');
    expect(readWrites(SECRET, response.headers.get("stoa-token") ?? "")).toEqual([
      { source: `product/${id}`, version: 1, targets: [{ projection: "products", id }] },
    ]);
  });

  test("is called with its params, who asks, the request's id and the key of its aggregate", async () => {
    const response = await send("PATCH", "/v1/products/p-1", { brand: "Ikea" }, { "x-request-id": "my-request-1" });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-request-id")).toBe("my-request-1");
    expect(door.last()).toMatchObject({
      action: "product.revise",
      params: { id: "p-1", brand: "Ikea" },
      meta: { principal: { id: "admin", permissions: ["*"] }, trace: "my-request-1", routingKey: "p-1" },
    });
  });

  test("without a body takes its params from the path alone", async () => {
    expect((await send("PUT", "/v1/products/p-1/channels/c-1")).status).toBe(200);
    expect(door.last().params).toEqual({ id: "p-1", channelId: "c-1" });
    expect((await send("DELETE", "/v1/products/p-1/channels/c-1")).status).toBe(200);
    expect(door.last().action).toBe("product.unlist");
  });

  test("on a thing named by several params is routed by the id that they give", async () => {
    expect((await send("POST", "/v1/offers/o-1/stock/main/count", { counted: 5 })).status).toBe(200);
    expect(door.last().meta.routingKey).toBe(stockIdOf({ offerId: "o-1", location: "main" }));
  });

  test("refuses a name that stands in path and body with different values, and takes it with the same", async () => {
    const differing = await send("PATCH", "/v1/products/p-1", { id: "p-2", brand: "x" });
    expect(differing.status).toBe(400);
    expect(await differing.json()).toMatchObject({ faults: [{ field: "id" }] });
    expect((await send("PATCH", "/v1/products/p-1", { id: "p-1", brand: "x" })).status).toBe(200);
  });
});

describe("Idempotency-Key", () => {
  test("gives the same command id for the same principal, action and key, and another otherwise", async () => {
    const idOf = async (path: string, headers: Record<string, string>) => {
      expect((await send("POST", path, undefined, headers)).status).toBe(200);
      return door.last().meta.commandId;
    };
    const key = { "idempotency-key": "key-1" };
    const seller = { authorization: `Bearer ${issueToken(SECRET, { id: "s-1", permissions: ["product.write"] })}` };
    const first = await idOf("/v1/products/p-1/publish", key);
    expect(await idOf("/v1/products/p-1/publish", key)).toBe(first);
    const others = [
      await idOf("/v1/products/p-1/withdraw", key),
      await idOf("/v1/products/p-1/publish", { "idempotency-key": "key-2" }),
      await idOf("/v1/products/p-1/publish", { ...key, ...seller }),
      await idOf("/v1/products/p-1/publish", {}),
      await idOf("/v1/products/p-1/publish", {}),
    ];
    expect(new Set([first, ...others]).size).toBe(6);
  });

  test.each(["", "two words", "x".repeat(201), "ümlaut"])("is refused as %j", async (key) => {
    const response = await send("POST", "/v1/products/p-1/publish", undefined, { "idempotency-key": key });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ type: "urn:stoa:refusal:HEADER_INVALID", header: "Idempotency-Key" });
  });
});

describe("If-Match", () => {
  test("becomes the expected version, and the ETag tells the new one", async () => {
    const response = await send("POST", "/v1/products/p-1/publish", undefined, { "if-match": '"7"' });
    expect(door.last().meta.expectedVersion).toBe(7);
    expect(response.headers.get("etag")).toBe('"8"');
  });

  test.each(["7", "*", 'W/"7"', '"7", "8"', '"-1"', '"x"'])("is refused as %s", async (value) => {
    const response = await send("POST", "/v1/products/p-1/publish", undefined, { "if-match": value });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ type: "urn:stoa:refusal:HEADER_INVALID", header: "If-Match" });
  });

  test("is refused where there is nothing yet to compare", async () => {
    expect((await send("POST", "/v1/products", lamp, { "if-match": '"1"' })).status).toBe(400);
  });
});
