/** Makes an account by the requests that a person would send; the role alone is given by the administrator. */
import { problemOf } from "../client/problem";
import { Sentence } from "../terminal/sentence";
import { codeIn, openMailbox } from "./mailbox";

export interface Place {
  readonly url: string;
  /** The administrator's. */
  readonly token: string;
  readonly dataDir: string;
}

export interface Wanted {
  readonly email: string;
  readonly password: string;
  readonly role: string | null;
  /** From a mail that came before: what was registered then is verified now. */
  readonly code: string | null;
}

type Body = Readonly<Record<string, unknown>>;

const TIMEOUT_MS = 30_000;

async function ask(url: string, path: string, { body, token }: { body?: object; token?: string }): Promise<Body> {
  const response = await fetch(`${url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      "content-type": "application/json",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as Body;
  const { type, detail } = problemOf({ status: response.status, body: text });
  throw new Sentence(`The mall refused (${type}): ${detail}`);
}

/** A grant of a role that is not there would say nothing, and give nothing. */
async function checkRole({ url, token }: Place, role: string): Promise<void> {
  const { items } = (await ask(url, "/v1/roles", { token })) as { items?: { id: string; status: string }[] };
  const known = (items ?? []).filter(({ status }) => status === "defined").map(({ id }) => id);
  if (!known.includes(role)) throw new Sentence(`There is no role "${role}". The mall has: ${known.join(", ")}.`);
}

/** Registers, and gives the code of the mail that comes. */
async function register(place: Place, { email, password }: Wanted, askCode: () => Promise<string>): Promise<string> {
  const mailbox = await openMailbox(place.dataDir);
  await ask(place.url, "/v1/accounts", { body: { email, password, language: "en" } });
  const mail = await mailbox.next(email);
  if (mail === null) return askCode();
  const code = codeIn(mail);
  if (code === null) {
    throw new Sentence(`${email} has an account already. Give it a role with POST /v1/accounts/{id}/grants.`);
  }
  return code;
}

/** @param askCode asks the person for the code, where mails go out by a mail server. @returns the account's id */
export async function createAccount(place: Place, wanted: Wanted, askCode: () => Promise<string>): Promise<string> {
  const { url, token } = place;
  const { email, password, role } = wanted;
  if (role !== null) await checkRole(place, role);
  const code = wanted.code ?? (await register(place, wanted, askCode));
  await ask(url, "/v1/accounts/verify", { body: { code } });
  const session = await ask(url, "/v1/sessions", { body: { email, password, label: "stoa account create" } });
  const { accountId: id, accessToken } = session as { accountId: string; accessToken: string };
  await ask(url, "/v1/me/logout", { body: {}, token: accessToken });
  if (role !== null) await ask(url, `/v1/accounts/${id}/grants`, { token, body: { role, party: null } });
  return id;
}
