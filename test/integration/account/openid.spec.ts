/** Logging in by a real OpenID provider, a process of its own, whose pages are gone through as a browser does. */
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { startOpenIdProvider, type OpenIdProvider } from "../../support/openid";
import { openPeople, type Answer, type People } from "../../support/people";

let people: People;
let provider: OpenIdProvider;

beforeAll(async () => {
  provider = await startOpenIdProvider();
  people = await openPeople(provider.env);
}, START_WITHIN_MS);
afterAll(async () => {
  await provider.stop();
  await people.stop();
});

const typeOf = ({ body }: Answer): string => String(body["type"]).replace("urn:stoa:refusal:", "");
const post = (at: string, body: object, token?: string) => people.ask("POST", at, { body, token });

async function begun() {
  const { status, body } = await post("/v1/sessions/openid", {});
  expect(status).toBe(200);
  return body as { challenge: string; url: string };
}

async function logIn(login: string): Promise<Answer> {
  const { challenge, url } = await begun();
  return post("/v1/sessions/openid/finish", { challenge, ...(await provider.through(url, login)) });
}

test("somebody new gets an account, and the same one the next time", async () => {
  const first = await logIn("quin@example.org");
  expect([first.status, first.body["status"]]).toEqual([200, "logged-in"]);
  const me = await people.ask("GET", "/v1/me", { token: String(first.body["accessToken"]) });
  expect(me.body).toMatchObject({ email: "quin@example.org", name: "Name of quin@example.org", hasPassword: false });
  expect((await logIn("quin@example.org")).body["accountId"]).toBe(me.body["id"]);
});

test("who has an account under the verified address is logged in to that one", async () => {
  const { accountId } = await people.person("rosa@example.org");
  expect((await logIn("rosa@example.org")).body["accountId"]).toBe(accountId);
});

test("an address that the provider did not verify opens nothing", async () => {
  expect(typeOf(await logIn("unverified@example.org"))).toBe("ACCOUNT_UNVERIFIED");
});

test("an answer is good once, only for its own log-in, and only with its state", async () => {
  const [one, other] = [await begun(), await begun()];
  const answer = await provider.through(one.url, "sue@example.org");
  const finish = (challenge: string, more: object) =>
    post("/v1/sessions/openid/finish", { challenge, ...answer, ...more });
  expect(typeOf(await finish(other.challenge, {}))).toBe("CREDENTIALS_INVALID");
  expect(typeOf(await finish(one.challenge, { state: "0".repeat(32) }))).toBe("CREDENTIALS_INVALID");
  expect((await finish(one.challenge, {})).status).toBe(200);
  expect(typeOf(await finish(one.challenge, {}))).toBe("CODE_INVALID");
  const forged = await begun();
  const { state } = await provider.through(forged.url, "sue@example.org");
  expect(typeOf(await finish(forged.challenge, { state, code: "forged" }))).toBe("CREDENTIALS_INVALID");
});
