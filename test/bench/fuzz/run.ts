/** One run of the fuzz: what is known so far, and how each answer is looked at. */
import { conforms, type Document } from "./conforms";
import type { Made } from "./request";
import { answerSchema, type FuzzRoute } from "./routes";
import type { Transport } from "./transport";

/** Somebody who asks. */
export interface Person {
  readonly name: string;
  readonly token: string | null;
  /** What must never be in an answer to this person. */
  readonly mustNotSee: readonly string[];
  /** How often this person asks, beside the others. */
  readonly weight: number;
}

export interface Finding {
  readonly kind: "server-error" | "hang" | "leak" | "undeclared" | "not-as-declared";
  readonly route: string;
  readonly person: string;
  /** The whole request and the answer, cut: enough to send it again. */
  readonly detail: string;
}

export interface Count {
  asked: number;
  /** Answered with 2xx. */
  valid: number;
  /** With 4xx. */
  refused: number;
  /** With 5xx, or not at all. */
  failed: number;
  /** All the time that answers took. */
  tookMs: number;
  /** The last answer with 4xx, cut. */
  refusal?: string;
}

export interface Run {
  readonly url: string;
  readonly document: Document;
  readonly people: readonly Person[];
  readonly routes: readonly FuzzRoute[];
  readonly counts: Map<string, Count>;
  readonly pools: Map<string, string[]>;
  readonly findings: Finding[];
  /** By route: what kept its story from being told, the last time. */
  readonly stuck: Map<string, string>;
  readonly transport: Transport;
  asked: number;
}

export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly token: string | undefined;
}

const FINDINGS_MAX = 50;
const POOL_MAX = 500;

const textOf = (body: Made["body"]): string =>
  Buffer.isBuffer(body) ? `(a file of ${body.length} bytes)` : (body ?? "");

function found(run: Run, { route, person, path, body }: Made, kind: Finding["kind"], detail: string): void {
  if (run.findings.length >= FINDINGS_MAX) return;
  const request = `${route.method} ${path} ${textOf(body).slice(0, 400)}`;
  run.findings.push({ kind, route: route.name, person: person.name, detail: `${request} → ${detail.slice(0, 600)}` });
}

function jsonOf(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function look(run: Run, made: Made, status: number, text: string): void {
  if (status >= 500) found(run, made, "server-error", `${status} ${text}`);
  for (const marker of made.person.mustNotSee) if (text.includes(marker)) found(run, made, "leak", text);
  const schema = answerSchema(made.route, status, run.document);
  if (!schema) found(run, made, "undeclared", `${status} ${text}`);
  else if (text !== "" && !conforms(jsonOf(text), schema, run.document)) {
    found(run, made, "not-as-declared", `${status} ${text}`);
  }
}

export function keep({ pools }: Run, kind: string, id: string): void {
  const pool = pools.get(kind) ?? [];
  if (!pool.includes(id)) pools.set(kind, [...pool, id].slice(-POOL_MAX));
}

/** What was made, or has just been touched, can be asked for. */
function remember(run: Run, { route, id }: Made, body: Answered["body"]): void {
  const { id: madeId, approval } = body as { id?: unknown; approval?: { id?: unknown } };
  if (typeof approval?.id === "string") keep(run, "approval", approval.id);
  const known = typeof madeId === "string" ? madeId : id;
  if (known !== undefined && route.method !== "GET" && route.kind !== "history") keep(run, route.kind, known);
}

const isBody = (value: unknown): value is Answered["body"] => typeof value === "object" && value !== null;

function counted(count: Count, status: number, text: string): void {
  if (status >= 500) count.failed++;
  else if (status >= 400) {
    count.refused++;
    count.refusal = text.slice(0, 300);
  } else if (status >= 200 && status < 300) count.valid++;
}

function headersOf({ person: { token }, body, headers, after = [] }: Made): Record<string, string> {
  return {
    ...headers,
    ...(after.length > 0 && { "stoa-token": after.join(",") }),
    ...(token !== null && { authorization: `Bearer ${token}` }),
    ...(body !== null && { "content-type": Buffer.isBuffer(body) ? "application/octet-stream" : "application/json" }),
  };
}

/** Sends what was made, and looks at what comes back; null when nothing does. */
export async function send(run: Run, made: Made, from?: string): Promise<Answered | null> {
  const count = run.counts.get(made.route.name) as Count;
  const { method } = made.route;
  run.asked++;
  count.asked++;
  const askedAt = performance.now();
  try {
    const request = { method, url: run.url + made.path, headers: headersOf(made), body: made.body, from };
    const { status, text, token } = await run.transport(request);
    count.tookMs += performance.now() - askedAt;
    counted(count, status, text);
    look(run, made, status, text);
    const parsed = jsonOf(text);
    const body = isBody(parsed) ? parsed : {};
    if (status < 300 && made.apart !== true) remember(run, made, body);
    return { status, body, text, token };
  } catch (error) {
    count.failed++;
    found(run, made, "hang", error instanceof Error ? error.message : String(error));
    return null;
  }
}
