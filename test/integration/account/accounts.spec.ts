/** People over HTTP: registering, logging in, staying logged in, logging out. */
import { createAccount } from "../../../bin/account/create";
import { openPeople, PASSWORD, type People } from "../../support/people";
import { eventually } from "../../support/eventually";
import { START_WITHIN_MS } from "../../support/elasticsearch";

let people: People;
beforeAll(async () => {
  people = await openPeople();
}, START_WITHIN_MS);
afterAll(() => people.stop());

const typeOf = ({ body }: { body: Record<string, unknown> }): string =>
  String(body["type"]).replace("urn:stoa:refusal:", "");

describe("an account", () => {
  test("is registered, verified and logged in to, and tells who one is", async () => {
    const { accessToken, accountId } = await people.person("ada@example.org");
    const me = await people.ask("GET", "/v1/me", { token: accessToken });
    expect(me).toMatchObject({
      status: 200,
      body: { id: accountId, email: "ada@example.org", grants: [], hasPassword: true, secondFactor: "off" },
    });
  });
});

test.each([
  ["ko", "환영합니다!"],
  ["ar", "مرحبًا بك!"],
])("who registers in %s is written to in it, and the code of the link is good", async (language, greeting) => {
  const email = `in.${language}@example.org`;
  const registered = await people.ask("POST", "/v1/accounts", { body: { email, password: PASSWORD, language } });
  expect(registered.status).toBe(200);
  const [mail = ""] = await people.mails(email, 1);
  expect(mail).toContain(greeting);
  const code = /\/verify#code=(\S+)/.exec(mail)?.[1];
  expect((await people.ask("POST", "/v1/accounts/verify", { body: { code } })).status).toBe(200);
});

describe("a refresh token", () => {
  const refresh = (refreshToken: unknown, headers = {}) =>
    people.ask("POST", "/v1/sessions/refresh", { body: { refreshToken }, headers });

  test("is good once; used again it ends the session, also for whoever got the next one", async () => {
    const { refreshToken, accessToken } = await people.person("bea@example.org");
    const next = await refresh(refreshToken);
    expect(next.status).toBe(200);
    expect(next.body["refreshToken"]).not.toBe(refreshToken);
    const reused = await refresh(refreshToken);
    expect([reused.status, typeOf(reused)]).toEqual([401, "SESSION_ENDED"]);
    expect(typeOf(await refresh(next.body["refreshToken"]))).toBe("SESSION_ENDED");
    await eventually("its access tokens end too", async () => {
      const me = await people.ask("GET", "/v1/me", { token: accessToken });
      return me.status === 401;
    });
  });

  test("asked for twice under one key gives the same answer, and ends nothing", async () => {
    const { refreshToken } = await people.person("cid@example.org");
    const headers = { "idempotency-key": "lost-answer-1" };
    const first = await refresh(refreshToken, headers);
    const again = await refresh(refreshToken, headers);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body["refreshToken"]).toBe(first.body["refreshToken"]);
    expect((await refresh(first.body["refreshToken"])).status).toBe(200);
  });

  test("that was changed is refused", async () => {
    const { refreshToken } = await people.person("dan@example.org");
    expect(typeOf(await refresh(refreshToken.replace(/\.0\./, ".1.")))).toBe("SESSION_ENDED");
    expect(typeOf(await refresh("noise"))).toBe("SESSION_ENDED");
  });
});

describe("logging out", () => {
  const logIn = async (email: string) =>
    (await people.ask("POST", "/v1/sessions", { body: { email, password: PASSWORD } })).body as Record<string, string>;
  const gone = (token: string | undefined) =>
    eventually("the access token is good no more", async () => {
      const { status } = await people.ask("GET", "/v1/me", { token });
      return status === 401;
    });

  test("ends this session, and leaves the others", async () => {
    const { accessToken } = await people.person("eva@example.org");
    const other = await logIn("eva@example.org");
    expect((await people.ask("POST", "/v1/me/logout", { token: accessToken })).status).toBe(200);
    await gone(accessToken);
    expect((await people.ask("GET", "/v1/me", { token: other["accessToken"] })).status).toBe(200);
  });

  test("everywhere ends all of them within five seconds", async () => {
    const { accessToken, refreshToken } = await people.person("fay@example.org");
    const other = await logIn("fay@example.org");
    const listed = await people.ask("GET", "/v1/me/sessions", { token: accessToken });
    expect(listed.body["items"]).toHaveLength(2);
    expect((await people.ask("POST", "/v1/me/logout-everywhere", { token: accessToken })).status).toBe(200);
    await Promise.all([gone(accessToken), gone(other["accessToken"])]);
    const refreshed = await people.ask("POST", "/v1/sessions/refresh", { body: { refreshToken } });
    expect(typeOf(refreshed)).toBe("SESSION_ENDED");
  });
});

describe("a key of a program", () => {
  test("does what scopes and roles both allow, is told once, and ends when it is revoked", async () => {
    const { accountId, accessToken: token } = await people.person("gus@example.org");
    const made = await people.ask("POST", "/v1/me/api-keys", {
      token,
      body: { name: "my script", scopes: ["account.read", "product.write"] },
    });
    const { id, key, prefix } = made.body as Record<"id" | "key" | "prefix", string>;
    expect([made.status, key.startsWith(prefix)]).toEqual([200, true]);
    const read = () => people.ask("GET", `/v1/accounts/${accountId}`, { token: key });
    expect((await read()).status).toBe(200);
    // beyond the scopes, beyond the roles, and what no key may do
    expect((await people.ask("GET", "/v1/me", { token: key })).status).toBe(403);
    const lamp = { title: { en: "Lamp" }, channels: [] };
    expect((await people.ask("POST", "/v1/products", { token: key, body: lamp })).status).toBe(403);
    const self = { name: "x", scopes: ["account.self"] };
    expect((await people.ask("POST", "/v1/me/api-keys", { token, body: self })).status).toBe(400);

    const listed = await people.ask("GET", "/v1/me/api-keys", { token });
    expect(listed.body).toMatchObject({ items: [{ id, name: "my script", prefix }] });
    // what one may do oneself can be given, and nothing else
    const may = (listed.body["scopes"] as { scope: string; opens: string[] }[]).map(({ scope }) => scope);
    expect(may).toEqual(expect.arrayContaining(["account.read", "order.read", "review.write"]));
    expect(may).not.toEqual(expect.arrayContaining(["product.write"]));
    expect(may).not.toEqual(expect.arrayContaining(["account.self"]));
    const given = { name: "all of it", scopes: may };
    const whole = await people.ask("POST", "/v1/me/api-keys", { token, body: given });
    expect(whole.status).toBe(200);
    expect((await people.ask("DELETE", `/v1/me/api-keys/${String(whole.body["id"])}`, { token })).status).toBe(200);
    expect(JSON.stringify(listed.body)).not.toContain(key);
    expect((listed.body["items"] as { usedOn: string }[])[0]?.usedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    const history = await people.ask("GET", `/v1/history/apikey/${id}`, { token: people.admin });
    expect(JSON.stringify(history.body)).not.toMatch(/"keyHash":"/);

    expect((await people.ask("DELETE", `/v1/me/api-keys/${id}`, { token })).status).toBe(200);
    await eventually("the key is good no more", async () => (await read()).status === 401);
  });
});

describe("looking at an account", () => {
  test("by people of the mall is kept and listed; by oneself it is not", async () => {
    const { accountId, accessToken } = await people.person("una@example.org");
    const at = `/v1/accounts/${accountId}`;
    expect((await people.ask("GET", at, { token: accessToken })).status).toBe(200);
    expect((await people.ask("GET", at, { token: people.admin })).status).toBe(200);
    const history = await people.ask("GET", `/v1/history/account/${accountId}`, { token: people.admin });
    expect(JSON.stringify(history.body)).toContain("una@example.org");
    const list = async (more = "") => {
      const found = await people.ask("GET", `/v1/disclosures?subject=${accountId}${more}`, { token: people.admin });
      return found.body["items"];
    };
    const looked = { principal: "admin", subject: accountId, action: "account.get", thing: accountId };
    expect(await list()).toMatchObject([
      { ...looked, action: "history.page", thing: `account/${accountId}` },
      { ...looked, trace: expect.any(String) as string },
    ]);
    expect(await list("&action=account.get")).toMatchObject([looked]);
    expect(await list("&principal=nobody")).toEqual([]);
  });

  test("begins with finding it by an address, which nobody can who is not of the mall", async () => {
    const { accountId, accessToken } = await people.person("uma@example.org");
    const find = (email: string, token?: string) => people.ask("POST", "/v1/accounts/find", { body: { email }, token });
    expect((await find("Uma@Example.org", people.admin)).body).toEqual({ accountId });
    expect((await find("nobody@example.org", people.admin)).body).toEqual({ accountId: null });
    const others = await Promise.all([find("uma@example.org", accessToken), find("uma@example.org")]);
    expect(others.map(({ status }) => status)).toEqual([403, 401]);
  });
});

describe("a role", () => {
  test("that is granted holds within seconds, and one that is taken back does no more", async () => {
    const { accountId, accessToken: token } = await people.person("hetty@example.org");
    const grant = { role: "admin-support", party: null };
    const other = await people.person("ivo@example.org");
    const look = () => people.ask("GET", `/v1/accounts/${other.accountId}`, { token });
    expect((await look()).status).toBe(403);
    const denied = await people.ask("POST", `/v1/accounts/${accountId}/grants`, { token, body: grant });
    expect(denied.status).toBe(403);
    const change = (at: string) => people.ask("POST", at, { token: people.admin, body: grant });
    expect((await change(`/v1/accounts/${accountId}/grants`)).status).toBe(200);
    await eventually("the role holds", async () => (await look()).status === 200);
    expect((await change(`/v1/accounts/${accountId}/grants/revoke`)).status).toBe(200);
    await eventually("the role holds no more", async () => (await look()).status === 403);
  });
});

describe("stoa account create", () => {
  const create = (email: string, role: string | null) => {
    const place = { url: people.node.url ?? "", token: people.admin, dataDir: people.config.dataDir };
    return createAccount(place, { email, password: PASSWORD, role, code: null }, () => Promise.reject(new Error("no")));
  };

  test("opens an account that can log in and holds its role, and is logged in nowhere", async () => {
    const id = await create("jo@example.org", "admin-support");
    const logged = await people.ask("POST", "/v1/sessions", { body: { email: "jo@example.org", password: PASSWORD } });
    const token = String(logged.body["accessToken"]);
    const grants = [{ role: "admin-support", party: null }];
    expect((await people.ask("GET", "/v1/me", { token })).body).toMatchObject({ id, grants });
    const sessions = await people.ask("GET", "/v1/me/sessions", { token });
    expect(sessions.body["items"]).toHaveLength(1);
  });

  test("says that there is an account already, that a role is none, and what the mall refuses", async () => {
    await expect(create("jo@example.org", null)).rejects.toThrow("jo@example.org has an account already");
    await expect(create("kay@example.org", "admin-everything")).rejects.toThrow('no role "admin-everything"');
    await expect(create("no address", null)).rejects.toThrow("VALIDATION_FAILED");
  });
});

describe("the log", () => {
  test("holds no password, token, key, code or address of anybody, whatever they did", async () => {
    const email = "lou@example.org";
    const { accessToken: token, refreshToken, device } = await people.person(email);
    const wrong = "a password that is not the right one";
    await people.ask("POST", "/v1/sessions", { body: { email, password: wrong } });
    await people.ask("POST", "/v1/sessions", { body: { email, password: PASSWORD, [wrong]: 1 } });
    const made = await people.ask("POST", "/v1/me/api-keys", { token, body: { name: "x", scopes: ["account.read"] } });
    const key = String(made.body["key"]);
    await people.ask("GET", "/v1/products?q=no-such-index", { token: key });
    await people.ask("POST", "/v1/sessions/refresh", { body: { refreshToken } });
    await people.ask("POST", "/v1/sessions/refresh", { body: { refreshToken } });
    await people.ask("POST", "/v1/passwords/forgot", { body: { email } });
    const secrets = { token, refreshToken, device, key, PASSWORD, wrong, email, code: await people.code(email, 2) };
    const log = people.logged.join("");
    expect(log).not.toBe("");
    const found = Object.entries({ ...secrets, admin: people.admin }).filter(([, secret]) => log.includes(secret));
    expect(found).toEqual([]);
  });
});
