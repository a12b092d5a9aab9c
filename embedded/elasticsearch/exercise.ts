/**
 * Uses the server the way a mall does: a catalogue that is written, searched in all its ways, and changed meanwhile.
 * What is seen of it makes later starts faster: which classes are needed, and which methods are worth compiling. It
 * goes on until both have been seen often enough, or for so long as nobody minds.
 */
import { INDEX, catalogueOf, journalEntry, JOURNAL } from "./exercise-index";
import { questionOf, suggestionOf } from "./exercise-questions";

/** A method is compiled after some thousands of calls, and a search makes hundreds of most of them. */
const TURNS = 1_200;
const WITHIN_MS = 45_000;
/** Everything is asked at least once, however slow the machine. */
const TURNS_MIN = 30;
const PRODUCTS = 400;
const BULK = 100;
const AT_ONCE = 2;
const ANSWER_WITHIN_MS = 30_000;

type Line = object;

/** @throws Error when the server does not answer as it should */
export async function exercise(url: string, withinMs = WITHIN_MS): Promise<void> {
  for (const [name, body] of [INDEX, JOURNAL]) await ask(`${url}/${name}`, "PUT", body);
  const products = Array.from({ length: PRODUCTS }, (_, n) => catalogueOf(n, 1));
  for (let from = 0; from < PRODUCTS; from += BULK) await bulk(url, products.slice(from, from + BULK).flat());
  const until = performance.now() + withinMs;
  let turn = 0;
  const some = async (): Promise<void> => {
    while (turn < TURNS && (turn < TURNS_MIN || performance.now() < until)) await step(url, turn++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
}

/** Mostly searches; now and then something is written, shown and looked up, as commands make it happen. */
async function step(url: string, turn: number): Promise<void> {
  const search = `${url}/${INDEX[0]}/_search`;
  await ask(`${search}?typed_keys=true`, "POST", questionOf(turn));
  if (turn % 5 === 1) await ask(`${url}/_msearch`, "POST", suggestionOf(turn));
  if (turn % 4 === 2) {
    const changed = [0, 1, 2, 3].map((more) => catalogueOf((turn + more) % PRODUCTS, turn + 1 + more));
    await bulk(url, [...changed.flat(), ...journalEntry(turn)]);
    await ask(`${url}/${INDEX[0]}/_refresh`, "POST");
  }
  if (turn % 6 === 3) await ask(`${url}/${INDEX[0]}/_mget?realtime=true`, "POST", { ids: ["p1", `p${turn}`, "none"] });
  if (turn % TURNS_MIN === 4) await page(url);
}

interface Paged {
  readonly hits: { readonly hits: readonly { readonly sort: readonly unknown[] }[] };
}

/** All of it, page by page, at one point in time. */
async function page(url: string): Promise<void> {
  const { id } = (await ask(`${url}/${INDEX[0]}/_pit?keep_alive=1m`, "POST")) as { id: string };
  const request = { size: BULK, pit: { id, keep_alive: "1m" }, sort: [{ _shard_doc: "asc" }], _source: ["id"] };
  let after: readonly unknown[] | undefined;
  for (let pages = 0; pages <= PRODUCTS / BULK; pages++) {
    const more = after === undefined ? {} : { search_after: after };
    const { hits } = (await ask(`${url}/_search`, "POST", { ...request, ...more })) as Paged;
    after = hits.hits.at(-1)?.sort;
    if (after === undefined) break;
  }
  await ask(`${url}/_pit`, "DELETE", { id });
}

async function bulk(url: string, lines: readonly Line[]): Promise<void> {
  await ask(`${url}/_bulk?filter_path=items.*.status,items.*.error`, "POST", lines);
}

/** Lines go as such, anything else as JSON. */
async function ask(url: string, method: string, said?: object | readonly Line[]): Promise<unknown> {
  const [type, body] = Array.isArray(said)
    ? ["application/x-ndjson", said.map((line) => `${JSON.stringify(line)}\n`).join("")]
    : ["application/json", said && JSON.stringify(said)];
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    headers: { "accept-encoding": "gzip", ...(body !== undefined && { "content-type": type }) },
    ...(body !== undefined && { body }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`the search server answered ${response.status} to ${method} ${url}: ${answer}`);
  return JSON.parse(answer) as unknown;
}
