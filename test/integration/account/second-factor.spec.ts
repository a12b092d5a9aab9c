/** How people prove who they are beside a password, and what the mall wants of those who work for it. */
import { Secret, TOTP } from "otpauth";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { openPeople, PASSWORD, type People } from "../../support/people";
import { askingOf, typeOf } from "./asking";

let people: People;
beforeAll(async () => {
  people = await openPeople({ STOA_ADMIN_SECOND_FACTOR: "yes" });
}, START_WITHIN_MS);
afterAll(() => people.stop());

const { logIn, post } = askingOf(() => people);

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
