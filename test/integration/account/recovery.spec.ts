/** When something goes wrong: forgotten passwords, second factors, guessing strangers, leaving for good. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Secret, TOTP } from "otpauth";
import { openPeople, PASSWORD, type Answer, type People } from "../../support/people";
import { eventually } from "../../support/eventually";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { boughtBy } from "./buying";

let people: People;
beforeAll(async () => {
  people = await openPeople({ STOA_ADMIN_SECOND_FACTOR: "yes" });
}, START_WITHIN_MS);
afterAll(() => people.stop());

const NEW_PASSWORD = "nine yellow kettles sing";
const typeOf = ({ body }: Answer): string => String(body["type"]).replace("urn:stoa:refusal:", "");
const logIn = (email: string, password = PASSWORD, more: object = {}) =>
  people.ask("POST", "/v1/sessions", { body: { email, password, ...more } });
const post = (at: string, body: object, token?: string) => people.ask("POST", at, { body, token });
/** What a stranger can tell an answer by: everything but what names the request. */
const told = ({ status, body }: Answer) => ({ status, body: { ...body, requestId: null } });

describe("a forgotten password", () => {
  test("is reset by a code that is good once; the old one and every session end", async () => {
    const email = "gil@example.org";
    const { refreshToken } = await people.person(email);
    expect((await post("/v1/passwords/forgot", { email })).status).toBe(200);
    const code = await people.code(email, 2);
    expect(typeOf(await post("/v1/passwords/reset", { code, password: "password1234" }))).toBe("PASSWORD_WEAK");
    expect((await post("/v1/passwords/reset", { code, password: NEW_PASSWORD })).status).toBe(200);
    expect(typeOf(await post("/v1/passwords/reset", { code, password: NEW_PASSWORD }))).toBe("CODE_INVALID");
    expect(typeOf(await logIn(email))).toBe("CREDENTIALS_INVALID");
    expect((await logIn(email, NEW_PASSWORD)).status).toBe(200);
    expect(typeOf(await post("/v1/sessions/refresh", { refreshToken }))).toBe("SESSION_ENDED");
  });

  test("code of another purpose, or made up, resets nothing", async () => {
    const email = "hal@example.org";
    await post("/v1/accounts", { email, password: PASSWORD });
    const verifying = await people.code(email);
    for (const code of [verifying, `${verifying.split(".")[0] ?? ""}.${"0".repeat(32)}`, "noise"]) {
      expect(typeOf(await post("/v1/passwords/reset", { code, password: NEW_PASSWORD }))).toBe("CODE_INVALID");
    }
  });

  test("is changed by whoever knows the old one, and ends the other sessions", async () => {
    const email = "ida@example.org";
    const { accessToken, refreshToken } = await people.person(email);
    const wrong = await post(
      "/v1/me/password",
      { current: "not this one at all", password: NEW_PASSWORD },
      accessToken,
    );
    expect(typeOf(wrong)).toBe("CREDENTIALS_INVALID");
    const changed = await post("/v1/me/password", { current: PASSWORD, password: NEW_PASSWORD }, accessToken);
    expect([changed.status, changed.body["status"]]).toEqual([200, "logged-in"]);
    expect(typeOf(await post("/v1/sessions/refresh", { refreshToken }))).toBe("SESSION_ENDED");
    expect((await people.ask("GET", "/v1/me", { token: String(changed.body["accessToken"]) })).status).toBe(200);
  });
});

describe("who has an account", () => {
  test("is told by no answer: registering, logging in and resetting say the same of all addresses", async () => {
    await people.person("jan@example.org");
    for (const [at, more] of [
      ["/v1/accounts", { password: NEW_PASSWORD }],
      ["/v1/passwords/forgot", {}],
      ["/v1/sessions", { password: "wrong, but long enough" }],
    ] as const) {
      const known = await post(at, { email: "jan@example.org", ...more });
      const unknown = await post(at, { email: "nobody-there@example.org", ...more });
      expect(told(known)).toEqual(told(unknown));
    }
    // and registering again changed nothing
    expect((await logIn("jan@example.org")).status).toBe(200);
  });

  test("an account that was never verified cannot be logged in to, and keeps its address from nobody", async () => {
    const email = "kim@example.org";
    await post("/v1/accounts", { email, password: "somebody else's choice" });
    expect(typeOf(await logIn(email, "somebody else's choice"))).toBe("CREDENTIALS_INVALID");
    await post("/v1/accounts", { email, password: PASSWORD });
    expect((await post("/v1/accounts/verify", { code: await people.code(email, 2) })).status).toBe(200);
    expect((await logIn(email)).status).toBe(200);
    expect(typeOf(await logIn(email, "somebody else's choice"))).toBe("CREDENTIALS_INVALID");
  });
});

describe("somebody who guesses", () => {
  test("is stopped after five failures, and the owner's device is not", async () => {
    const email = "lea@example.org";
    const { device } = await people.person(email);
    const wrong = "guessing the whole day";
    const guesses = [];
    for (let i = 0; i < 6; i++) guesses.push(typeOf(await logIn(email, wrong)));
    expect(guesses).toEqual([...Array<string>(5).fill("CREDENTIALS_INVALID"), "ATTEMPTS_EXCEEDED"]);
    const stopped = await logIn(email);
    expect([stopped.status, typeOf(stopped)]).toEqual([429, "ATTEMPTS_EXCEEDED"]);
    expect(stopped.body["retryAfterSeconds"]).toBeGreaterThan(0);
    expect((await logIn(email, PASSWORD, { device })).status).toBe(200);
    expect(typeOf(await logIn(email, PASSWORD, { device: device.replace(/.$/, "!") }))).toBe("ATTEMPTS_EXCEEDED");
  });
});

const digits = (secret: string, periods = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + periods * 30_000 });
const challenged = async (email: string) => {
  const { status, body } = await logIn(email);
  expect([status, body["status"], body["accessToken"]]).toEqual([200, "second-factor", undefined]);
  return String(body["challenge"]);
};
const finish = (challenge: string, code: string) => post("/v1/sessions/second-factor", { challenge, code });

/** Sets one up. */
async function secondFactor(accessToken: string) {
  const prepared = await post("/v1/me/second-factor", { password: PASSWORD }, accessToken);
  const { secret, recoveryCodes } = prepared.body as { secret: string; recoveryCodes: string[] };
  const confirmed = await post("/v1/me/second-factor/confirm", { code: digits(secret) }, accessToken);
  expect([prepared.status, confirmed.status]).toEqual([200, 200]);
  return { secret, recoveryCodes };
}

describe("the second factor", () => {
  async function withSecondFactor(email: string) {
    const person = await people.person(email);
    return { ...person, ...(await secondFactor(person.accessToken)) };
  }

  test("is wanted once it is on; a code is good once, and so is a log-in", async () => {
    const email = "mia@example.org";
    const { secret } = await withSecondFactor(email);
    const challenge = await challenged(email);
    const code = digits(secret, 1);
    expect(typeOf(await finish(challenge, digits(secret)))).toBe("CODE_INVALID");
    expect((await finish(challenge, code)).status).toBe(200);
    expect(typeOf(await finish(challenge, code))).toBe("CODE_INVALID");
    expect(typeOf(await finish(await challenged(email), code))).toBe("CODE_INVALID");
  });

  test("may be a recovery code, each of them once; it is switched off with both factors", async () => {
    const email = "nat@example.org";
    const { recoveryCodes, accessToken } = await withSecondFactor(email);
    const [first = "", second = ""] = recoveryCodes;
    expect((await finish(await challenged(email), first.toUpperCase())).status).toBe(200);
    expect(typeOf(await finish(await challenged(email), first))).toBe("CODE_INVALID");
    const off = (code: string) => post("/v1/me/second-factor/off", { password: PASSWORD, code }, accessToken);
    expect(typeOf(await off("not-a-code-at-all"))).toBe("CODE_INVALID");
    expect((await off(second)).status).toBe(200);
    expect((await logIn(email)).body["status"]).toBe("logged-in");
  });

  test("is guessed at five times", async () => {
    const email = "oda@example.org";
    await withSecondFactor(email);
    const challenge = await challenged(email);
    const guesses = [];
    for (let i = 0; i < 6; i++) guesses.push(typeOf(await finish(challenge, `00000${i}`)));
    expect(guesses).toEqual([...Array<string>(5).fill("CODE_INVALID"), "ATTEMPTS_EXCEEDED"]);
  });
});

describe("who works for the mall, where it wants a second factor of them,", () => {
  const mayAsk = async (token: unknown) =>
    (await people.ask("GET", "/v1/denials?limit=1", { token: String(token) })).status;

  test("holds nothing mall-wide before logging in with one, by session or key, and everything after", async () => {
    const email = "quin@example.org";
    const { accountId } = await people.person(email);
    const granted = await post(`/v1/accounts/${accountId}/grants`, { role: "admin-owner", party: null }, people.admin);
    expect(granted.status).toBe(200);
    const { accessToken: without } = (await logIn(email)).body;
    const till = { name: "till", scopes: ["denial.read"] };
    // who brings a key is remembered for five seconds: so one is for before, and one for after
    const keys = [
      await post("/v1/me/api-keys", till, String(without)),
      await post("/v1/me/api-keys", till, String(without)),
    ];
    const [before, after] = keys.map(({ body }) => body["key"]);
    expect([await mayAsk(without), await mayAsk(before)]).toEqual([403, 403]);
    const me = await people.ask("GET", "/v1/me", { token: String(without) });
    expect(me.body).toMatchObject({ secondFactor: "off", secondFactorWanted: true });
    const { secret } = await secondFactor(String(without));
    expect(await mayAsk(without)).toBe(403);
    const { body } = await finish(await challenged(email), digits(secret, 1));
    const { body: refreshed } = await post("/v1/sessions/refresh", { refreshToken: body["refreshToken"] });
    const tokens = [body["accessToken"], refreshed["accessToken"], after];
    expect(await Promise.all(tokens.map(mayAsk))).toEqual([200, 200, 200]);
  });
});

describe("histories", () => {
  test("show nobody a credential, not even an administrator", async () => {
    const { accountId } = await people.person("pia@example.org");
    const { status, body } = await people.ask("GET", `/v1/history/credential/${accountId}`, { token: people.admin });
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/argon2id/);
    expect(body).toMatchObject({ items: [{ events: [{ data: { passwordHash: { sealed: true } } }] }] });
  });
});

/** The file with all that is kept of somebody, once it is there. */
async function ownData(token: string) {
  const asked = await post("/v1/me/data", {}, token);
  expect([asked.status, asked.body["file"]]).toEqual([200, null]);
  const { body } = await eventually("the file is there", async () => {
    const found = await people.ask("GET", "/v1/me/data", { token });
    return found.body["status"] !== "requested" && found.body["status"] !== "running" && found;
  });
  expect(body).toMatchObject({ status: "finished", fraction: 1, reason: null, file: "/v1/me/data/file" });
  return { job: String(body["id"]), file: await people.ask("GET", String(body["file"]), { token }) };
}

describe("all that is kept of one", () => {
  interface Document {
    readonly things: readonly { readonly kind: string; readonly version: number; readonly state: object }[];
    readonly looks: object[];
    readonly denials: object[];
  }

  test("is taken along as one file, by oneself alone", async () => {
    const [zoe, yan] = [await people.person("zoe@example.org"), await people.person("yan@example.org")];
    await people.ask("PATCH", `/v1/accounts/${zoe.accountId}`, { token: zoe.accessToken, body: { name: "Zoe" } });
    await people.ask("GET", `/v1/accounts/${zoe.accountId}`, { token: people.admin });
    expect((await people.ask("GET", "/v1/denials", { token: zoe.accessToken })).status).toBe(403);
    expect((await people.ask("GET", "/v1/me/data", { token: zoe.accessToken })).body).toMatchObject({ status: "none" });
    const { job, file } = await ownData(zoe.accessToken);
    expect(file.headers.get("content-disposition")).toBe('attachment; filename="my-data.json"');
    const { things, looks, denials } = file.body as unknown as Document;
    const kinds = new Set(things.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(["account", "credential", "session"]);
    const states = things.filter(({ kind }) => kind === "account").map(({ state }) => state);
    expect(states.at(-1)).toMatchObject({ email: "zoe@example.org", name: "Zoe" });
    expect(looks).toMatchObject([{ action: "account.get" }]);
    expect(denials).toMatchObject([{ action: "denial.list" }]);
    expect(JSON.stringify(file.body)).not.toMatch(/argon2id|yan@example/);
    // asked for once more on the same day it is the same file; and nobody else is given it, whoever they are
    expect((await post("/v1/me/data", {}, zoe.accessToken)).body["id"]).toBe(job);
    const others = [
      await people.ask("GET", "/v1/me/data/file", { token: yan.accessToken }),
      await people.ask("GET", "/v1/me/data/file", { token: people.admin }),
      await people.ask("GET", `/v1/jobs/${job}/result`, { token: people.admin }),
    ];
    expect(others.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

describe("somebody who leaves for good", () => {
  async function filesWith(folder: string, marker: string): Promise<string[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    const found = await Promise.all(
      files.map(async (file) => ((await readFile(file).catch(() => Buffer.alloc(0))).includes(marker) ? [file] : [])),
    );
    return found.flat();
  }

  /** All that the read side of this mall says. */
  async function indexed(): Promise<string> {
    const { elasticsearchUrl, namespace } = people.config;
    const all = `${elasticsearchUrl}/${namespace}-*`;
    await fetch(`${all}/_refresh`, { method: "POST" });
    return (await fetch(`${all}/_search?size=5000`)).text();
  }

  test("is gone: no session, no address, and what was planted is in no file of the mall", async () => {
    const marker = `m${createHash("sha256").update(String(process.hrtime())).digest("hex").slice(0, 20)}`;
    const email = `${marker}@example.org`;
    const { accountId, accessToken } = await people.person(email);
    await people.ask("PATCH", `/v1/accounts/${accountId}`, { token: accessToken, body: { name: `Name ${marker}` } });
    const orderId = await boughtBy(people, { accountId, email, marker });
    // what they took along is sealed with the same key as all the rest
    expect(JSON.stringify((await ownData(accessToken)).file.body)).toContain(marker);
    // a scan that finds nothing proves nothing unless it found it before
    expect(await filesWith(people.config.dataDir, marker)).not.toEqual([]);
    await eventually("the read side knows of the order", async () => (await indexed()).includes(orderId));
    const erased = await post(`/v1/accounts/${accountId}/erase`, {}, accessToken);
    expect(erased.status).toBe(200);
    await eventually("the key is destroyed", async () => {
      const rows = await people.node.store.of("account").page(accountId, 0, 10);
      return rows.at(-1)?.events[0]?.type === "account.forgotten";
    });
    const seen = await people.ask("GET", `/v1/accounts/${accountId}`, { token: people.admin });
    expect(seen.body).toMatchObject({ status: "erased", email: null, name: null });
    expect(typeOf(await logIn(email))).toBe("CREDENTIALS_INVALID");
    // what was bought stays, and says nothing of who bought it
    const order = (await people.node.store.of("order").newest([orderId])).get(orderId);
    expect(JSON.stringify(order)).not.toContain(marker);
    await eventually("the read side says nothing of them", async () => !(await indexed()).includes(marker));
    expect(await indexed()).toContain(orderId);
    expect(await filesWith(people.config.dataDir, marker)).toEqual([]);
    // the address is free again
    expect((await people.person(email, NEW_PASSWORD)).accountId).not.toBe(accountId);
  });
});
