/** Logging in by a real OpenID provider, a process of its own, whose pages are gone through as a browser does. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { openPeople, type Answer, type People } from "../../support/people";

const REDIRECT = "http://127.0.0.1:9/openid/callback";
let people: People;
let provider: ChildProcess;

beforeAll(async () => {
  const script = path.resolve(__dirname, "../../support/openid-provider.mjs");
  provider = spawn(process.execPath, [script, REDIRECT], { stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface({ input: provider.stdout ?? process.stdin });
  const [line] = (await once(lines, "line")) as [string];
  const { issuer } = JSON.parse(line) as { issuer: string };
  people = await openPeople({
    STOA_OPENID_ISSUER: issuer,
    STOA_OPENID_CLIENT: "stoa",
    STOA_OPENID_SECRET: "a secret of the client",
    STOA_OPENID_REDIRECT: REDIRECT,
  });
}, START_WITHIN_MS);
afterAll(async () => {
  const ended = once(provider, "exit");
  provider.stdin?.end();
  await ended;
  await people.stop();
});

const typeOf = ({ body }: Answer): string => String(body["type"]).replace("urn:stoa:refusal:", "");
const post = (at: string, body: object, token?: string) => people.ask("POST", at, { body, token });

/** Pages and forms, with the cookies that they set. */
function browser() {
  const cookies = new Map<string, string>();
  return async (at: string, form?: Record<string, string>) => {
    const response = await fetch(at, {
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie)?.slice(1) ?? [];
      cookies.set(name, value);
    }
    return { location: response.headers.get("location"), page: await response.text() };
  };
}

const formOf = (page: string) => ({
  action: /<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? "",
  prompt: /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? "",
});

/** Goes from page to page and fills in what it is asked, until the provider sends it back. */
async function throughProvider(url: string, login: string): Promise<Record<string, string>> {
  const go = browser();
  let at = url;
  let seen = await go(at);
  for (let steps = 0; steps < 12; steps++) {
    const { location, page } = seen;
    if (location?.startsWith(REDIRECT)) return Object.fromEntries(new URL(location).searchParams);
    const { action, prompt } = formOf(page);
    at = new URL(location ?? action, at).href;
    seen = location === null ? await go(at, { prompt, login, password: "any" }) : await go(at);
  }
  throw new Error(`the provider did not send us back; its last page: ${seen.page.slice(0, 500)}`);
}

async function begun() {
  const { status, body } = await post("/v1/sessions/openid", {});
  expect(status).toBe(200);
  return body as { challenge: string; url: string };
}

async function logIn(login: string): Promise<Answer> {
  const { challenge, url } = await begun();
  return post("/v1/sessions/openid/finish", { challenge, ...(await throughProvider(url, login)) });
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
  const answer = await throughProvider(one.url, "sue@example.org");
  const finish = (challenge: string, more: object) =>
    post("/v1/sessions/openid/finish", { challenge, ...answer, ...more });
  expect(typeOf(await finish(other.challenge, {}))).toBe("CREDENTIALS_INVALID");
  expect(typeOf(await finish(one.challenge, { state: "0".repeat(32) }))).toBe("CREDENTIALS_INVALID");
  expect((await finish(one.challenge, {})).status).toBe(200);
  expect(typeOf(await finish(one.challenge, {}))).toBe("CODE_INVALID");
  const forged = await begun();
  const { state } = await throughProvider(forged.url, "sue@example.org");
  expect(typeOf(await finish(forged.challenge, { state, code: "forged" }))).toBe("CREDENTIALS_INVALID");
});
