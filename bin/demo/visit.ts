/** The mall as a person of the demo market meets it: over HTTP, signed in with a password. */
import { Sentence } from "../terminal/sentence";
import { problemOf } from "../client/problem";

const TIMEOUT_MS = 30_000;

export interface Asked {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH";
  readonly body?: object;
  readonly token?: string;
  /** What was written before, and is to be seen. */
  readonly after?: string;
}

export interface Told<T> {
  readonly answer: T;
  readonly after: string;
}

function headersOf({ token, after = "" }: Asked): Record<string, string> {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (token !== undefined) headers["authorization"] = `Bearer ${token}`;
  if (after !== "") headers["stoa-token"] = after;
  return headers;
}

/** @throws Sentence when the mall refuses */
export async function visit<T>(url: string, path: string, asked: Asked = {}): Promise<Told<T>> {
  const { body, method = body === undefined ? "GET" : "POST" } = asked;
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url + path, { method, headers: headersOf(asked), signal, ...sent });
  const text = await response.text();
  if (response.ok) return { answer: JSON.parse(text) as T, after: response.headers.get("stoa-token") ?? "" };
  const { type, detail } = problemOf({ status: response.status, body: text });
  throw new Sentence(`The demo market could not do ${method} ${path} (${type}): ${detail}`);
}

export interface SignedIn {
  readonly accountId: string;
  readonly accessToken: string;
}

/** Null where address and password do not belong together. */
export async function signedIn(url: string, email: string, password: string): Promise<SignedIn | null> {
  const body = { email, password, label: "the start of the mall" };
  return visit<SignedIn>(url, "/v1/sessions", { body }).then(
    ({ answer }) => answer,
    () => null,
  );
}
