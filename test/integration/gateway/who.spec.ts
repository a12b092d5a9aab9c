import { sign } from "jsonwebtoken";
import { issueToken } from "../../../services/gateway/tokens";
import { signWrites } from "../../../services/gateway/write-token";
import { openDoor, SECRET, type Door } from "./door";

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.stop());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const publish = (headers: Record<string, string>) =>
  fetch(`${door.url}/v1/products/p-1/publish`, { method: "POST", headers });
const search = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${door.url}/v1/products${query}`, { headers });
const shopper = { id: "shopper-1", permissions: [] };

describe("who asks", () => {
  test("without a header is anonymous: reads what is open, and is asked to log in for the rest", async () => {
    expect((await search("")).status).toBe(200);
    expect(door.last().meta.principal).toEqual({ id: "anonymous", permissions: [] });
    const refused = await publish({});
    expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="stoa"']);
    expect(await refused.json()).toMatchObject({ permission: "product.write" });
  });

  test("with a token that lacks the permission is forbidden, and told which", async () => {
    const refused = await publish(bearer(issueToken(SECRET, shopper)));
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ type: "urn:stoa:refusal:FORBIDDEN", permission: "product.write" });
  });

  test("with a token that has it is let in under its name", async () => {
    const editor = { id: "editor-1", permissions: ["product.write"] };
    expect((await publish(bearer(issueToken(SECRET, editor)))).status).toBe(200);
    expect(door.last().meta.principal).toEqual(editor);
  });

  const claims = { sub: "admin", permissions: ["*"], iss: "stoa", aud: "stoa-api" };
  const [head = "", , signature = ""] = issueToken(SECRET, shopper).split(".");
  const forged = Buffer.from(JSON.stringify(claims)).toString("base64url");
  test.each([
    ["signed with another secret", issueToken("another secret that is long enough, too", shopper)],
    ["with a changed content", `${head}.${forged}.${signature}`],
    ["without a signature", sign(claims, "", { algorithm: "none" })],
    ["of another algorithm", sign(claims, SECRET, { algorithm: "HS512" })],
    ["of another issuer", sign({ ...claims, iss: "elsewhere" }, SECRET)],
    ["for another audience", sign({ ...claims, aud: "elsewhere" }, SECRET)],
    ["that has expired", issueToken(SECRET, shopper, { expiresInSeconds: -10 })],
    ["for nobody", sign({ ...claims, sub: "anonymous" }, SECRET)],
    ["with permissions that are none", sign({ ...claims, permissions: "*" }, SECRET)],
    ["that is a consistency token", signWrites(SECRET, []) ?? ""],
    ["that is noise", "abc"],
    ["that is absurdly long", "a".repeat(9_000)],
  ])("with a token %s is 401, also where everybody may read", async (_what, token) => {
    for (const response of [await publish(bearer(token)), await search("", bearer(token))]) {
      expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="stoa"']);
      expect(await response.json()).toMatchObject({ type: "urn:stoa:refusal:UNAUTHENTICATED" });
    }
  });

  test("with another scheme is 401", async () => {
    expect((await publish({ authorization: "Basic YTpi" })).status).toBe(401);
  });
});

describe("somebody who may not enter", () => {
  test("is refused before the body is read, and no action is called", async () => {
    const before = door.heard.length;
    const send = (headers: Record<string, string>) =>
      fetch(`${door.url}/v1/products`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: "[".repeat(900_000),
      });
    expect((await send({})).status).toBe(401);
    expect((await send(bearer("forged"))).status).toBe(401);
    expect((await send(bearer(issueToken(SECRET, shopper)))).status).toBe(403);
    expect((await send(door.admin)).status).toBe(400);
    expect(door.heard.length).toBe(before);
  });

  test("is refused by the action as well, for those who do not come through this door", async () => {
    const meta = { principal: shopper, trace: "t-1" };
    for (const params of [{ id: "p-1" }, { nonsense: true }]) {
      const call = door.broker.call("product.publish", params, { meta });
      await expect(call).rejects.toMatchObject({ type: "FORBIDDEN", code: 403 });
    }
  });
});

describe("the consistency token", () => {
  const mark = (id: string) => ({
    source: `offer/${id}`,
    version: 2,
    targets: [{ projection: "products", id: "p-1" }],
  });
  const token = (id: string) => signWrites(SECRET, [mark(id)]) ?? "";

  test("comes by header, by link, or several at once, and reaches the query as what was written", async () => {
    expect((await search("", { "stoa-token": token("a") })).status).toBe(200);
    expect(door.last().meta.after).toEqual([mark("a")]);
    expect((await search(`?q=x&token=${token("b")}`)).status).toBe(200);
    expect(door.last()).toMatchObject({ params: { q: "x" }, meta: { after: [mark("b")] } });
    expect((await search(`?token=${token("c")}`, { "stoa-token": `${token("a")}, ${token("b")}` })).status).toBe(200);
    expect(door.last().meta.after).toEqual([mark("a"), mark("b"), mark("c")]);
    expect((await search("")).status).toBe(200);
    expect(door.last().meta.after).toBeUndefined();
  });

  test.each([
    ["of another mall", signWrites("another secret that is long enough, too", [mark("a")])],
    ["with one letter changed", token("a").replace(/^./, "X")],
    ["cut short", token("a").slice(0, -1)],
    ["joined with noise", `${token("a")},x`],
    ["joined too often", Array.from({ length: 33 }, () => token("a")).join(",")],
    ["that is an access token", issueToken(SECRET, shopper)],
  ])("%s is 400", async (_what, value) => {
    const response = await search("", { "stoa-token": value ?? "" });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ type: "urn:stoa:refusal:TOKEN_INVALID" });
  });
});
