/**
 * Asks every route of a mall's own OpenAPI document, with params made from the schemas there, as several people. What
 * it looks for: an answer of 500 or more, no answer, an answer that is not what was declared, and somebody else's
 * marker in an answer. The same seed asks the same things.
 */
import { seeded, seedOf, type Random } from "../../../bin/demo/random";
import { conforms, type Document } from "./conforms";
import { before, lookedKind } from "./hints";
import { answerSchema, routesOf, type FuzzRoute } from "./routes";
import { objectOf, spoiled } from "./values";

/** Somebody who asks. */
export interface Person {
  readonly name: string;
  readonly token: string | null;
  /** What must never be in an answer to this person. */
  readonly mustNotSee: readonly string[];
  /** How often this person asks, beside the others. */
  readonly weight: number;
}

export interface FuzzOptions {
  readonly url: string;
  readonly document: Document;
  readonly people: readonly Person[];
  readonly seed: number;
  readonly requests: number;
  /** Ids of what is there already, by kind. */
  readonly known: Readonly<Record<string, readonly string[]>>;
  readonly told?: (asked: number) => void;
}

export interface Finding {
  readonly kind: "server-error" | "hang" | "leak" | "undeclared" | "not-as-declared";
  readonly route: string;
  readonly person: string;
  readonly detail: string;
}

export interface Count {
  asked: number;
  valid: number;
}

export interface FuzzReport {
  readonly asked: number;
  readonly valid: number;
  readonly routes: ReadonlyMap<string, Count>;
  /** The first ones. */
  readonly findings: readonly Finding[];
}

const HANG_MS = 25_000;
const FINDINGS_MAX = 50;
const WORKERS = 4;
const SPOILED = 0.1;

interface Run extends FuzzOptions {
  readonly routes: readonly FuzzRoute[];
  readonly counts: Map<string, Count>;
  readonly pools: Map<string, string[]>;
  readonly findings: Finding[];
  asked: number;
}

interface Sent {
  readonly route: FuzzRoute;
  readonly person: Person;
  readonly path: string;
  readonly body: string | null;
  readonly id: string | undefined;
}

function queryText(params: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) query.append(name, String(one));
  }
  return query.size === 0 ? "" : `?${query.toString()}`;
}

/** A request of this route; with `id`, about this thing. */
function made(
  run: Run,
  route: FuzzRoute,
  given: { random: Random; person: Person; id?: string; tidy?: boolean },
): Sent {
  const { random, person, tidy = false } = given;
  const { pools } = run;
  const kind = route.kind === "history" ? lookedKind(random, pools) : route.kind;
  const asked = { random, pools, route: route.name, kind };
  const spoil = !tidy && random.chance(SPOILED);
  const own = (params: Record<string, unknown>) => (spoil ? spoiled(params, random) : params);
  const named = { ...objectOf(route.inPath, asked), ...(route.kind === "history" && { aggregate: kind }) };
  const place: Readonly<Record<string, unknown>> = given.id === undefined ? named : { ...named, id: given.id };
  const path = route.path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(place[name])));
  const query = queryText(own(objectOf(route.inQuery, asked)));
  const body = route.body ? JSON.stringify(own(objectOf(route.body, asked))) : null;
  return { route, person, path: path + query, body, id: place["id"] as string | undefined };
}

function found(run: Run, sent: Sent, kind: Finding["kind"], detail: string): void {
  const { route, person, path, body } = sent;
  if (run.findings.length >= FINDINGS_MAX) return;
  const request = `${route.method} ${path} ${(body ?? "").slice(0, 400)}`;
  run.findings.push({ kind, route: route.name, person: person.name, detail: `${request} → ${detail.slice(0, 600)}` });
}

function look(run: Run, sent: Sent, status: number, text: string): void {
  if (status >= 500) found(run, sent, "server-error", `${status} ${text}`);
  for (const marker of sent.person.mustNotSee) if (text.includes(marker)) found(run, sent, "leak", text);
  const schema = answerSchema(sent.route, status, run.document);
  if (!schema) found(run, sent, "undeclared", `${status} ${text}`);
  else if (text !== "" && !conforms(JSON.parse(text), schema, run.document)) {
    found(run, sent, "not-as-declared", `${status} ${text}`);
  }
}

/** What was made, or has just been touched, can be asked for. */
function remember(run: Run, { route, id }: Sent, text: string): string | undefined {
  const made = (JSON.parse(text || "{}") as { id?: unknown }).id;
  const known = typeof made === "string" ? made : id;
  if (known === undefined || route.method === "GET" || route.kind === "history") return known;
  const pool = run.pools.get(route.kind) ?? [];
  if (!pool.includes(known)) run.pools.set(route.kind, [...pool, known].slice(-500));
  return known;
}

/** The id of what it was about, when it went well. */
async function send(run: Run, sent: Sent): Promise<string | undefined> {
  const { route, person, path, body } = sent;
  const count = run.counts.get(route.name) as Count;
  run.asked++;
  count.asked++;
  const headers = {
    ...(person.token !== null && { authorization: `Bearer ${person.token}` }),
    ...(body !== null && { "content-type": "application/json" }),
  };
  try {
    const signal = AbortSignal.timeout(HANG_MS);
    const response = await fetch(run.url + path, { method: route.method, headers, body, signal });
    const text = await response.text();
    look(run, sent, response.status, text);
    if (!response.ok) return undefined;
    count.valid++;
    return remember(run, sent, text);
  } catch (error) {
    found(run, sent, "hang", error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** One of those that were answered well least often. */
function chosenRoute({ routes, counts }: Run, random: Random): FuzzRoute {
  const some = random.some(routes, 4);
  const rank = ({ name }: FuzzRoute): number => (counts.get(name)?.valid ?? 0) + (counts.get(name)?.asked ?? 0);
  return some.reduce((best, one) => (rank(one) < rank(best) ? one : best), random.pick(some));
}

function chosenPerson({ people }: Run, random: Random): Person {
  const line = people.flatMap((person) => new Array<Person>(person.weight).fill(person));
  return random.pick(line);
}

/** What has to come first, in the name of the first of the people, and then the request itself. */
async function one(run: Run, random: Random): Promise<void> {
  const route = chosenRoute(run, random);
  const [first] = run.people;
  let id: string | undefined;
  for (const name of random.chance(0.7) ? (before[route.name] ?? []) : []) {
    const step = run.routes.find((other) => other.name === name);
    if (step && first) id = await send(run, made(run, step, { random, person: first, tidy: true, ...(id && { id }) }));
  }
  await send(run, made(run, route, { random, person: chosenPerson(run, random), ...(id && { id }) }));
}

export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const routes = routesOf(options.document);
  const run: Run = {
    ...options,
    routes,
    counts: new Map(routes.map(({ name }) => [name, { asked: 0, valid: 0 }])),
    pools: new Map(Object.entries(options.known).map(([kind, ids]) => [kind, [...ids]])),
    findings: [],
    asked: 0,
  };
  let next = 0;
  const work = async (): Promise<void> => {
    while (run.asked < options.requests) {
      await one(run, seeded(seedOf(options.seed, next++)));
      options.told?.(run.asked);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  const valid = [...run.counts.values()].reduce((sum, count) => sum + count.valid, 0);
  return { asked: run.asked, valid, routes: run.counts, findings: run.findings };
}
