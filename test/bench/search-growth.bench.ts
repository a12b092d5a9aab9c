/**
 * Does a search stay as fast as the catalogue grows? One index is filled directly, past the histories, and searched at
 * each size as the mall searches it, by an engine with a larger heap (`-- search-growth [--data DIR] [10000 100000]`).
 * Of two kinds of questions: those that find as much in any catalogue, for who sells more sells more kinds of things;
 * and those of which there is more in proportion, where all that is found is counted by facets. With a folder it is
 * done in pieces of a few minutes: the same command goes on where the last piece ended.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { showProgress } from "../../bin/terminal/painter";
import { createSearchClient } from "../../indexers/kernel/client";
import { sendBulk } from "../../indexers/kernel/bulk";
import { joinedDocument } from "../../indexers/kernel/fold";
import { aliasOf, ensureIndex } from "../../indexers/kernel/indices";
import { products } from "../../indexers/product/products.projection";
import { productQueries } from "../../indexers/product/products.query";
import type { SearchProducts } from "../../models/product/product.search.contract";
import { kindName, OF_A_KIND, recordOf, THINGS } from "./growing-catalogue";
import { ownEngine } from "../support/elasticsearch";
import { rate, type Rate } from "./measure";
import { partsOf } from "./relevance/fill";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";

const HEAP_MB = 2_048;
const NAMESPACE = "growth";
const BATCH = 500;
const SECONDS = 12;
/** Above every price: leaves nothing out, and makes every question a new one to the engine. */
const DEAREST = 100_000_000;

/** A piece ends filling after this long; a size that is full by then is still measured. */
const PIECE_MS = 200_000;

interface Growing {
  readonly from: number;
  readonly to: number;
  /** When to stop, as the clock's milliseconds. */
  readonly until: number;
}

type Client = ReturnType<typeof createSearchClient>;

/** Products that there are when all are, or the time is up. */
async function grow(client: Client, { from, to, until }: Growing): Promise<number> {
  const index = aliasOf(NAMESPACE, products.name);
  const progress = showProgress(`${to} products`, process.stderr);
  let at = from;
  for (; at < to && Date.now() < until; at += BATCH) {
    const records = Array.from({ length: Math.min(BATCH, to - at) }, (_, n) => recordOf(at + n));
    const operations = records.map((record) => ({
      id: record.id,
      action: JSON.stringify({ index: { _id: record.id } }),
      document: JSON.stringify(joinedDocument(products, record.id, partsOf(record))),
    }));
    const refused = (await sendBulk(client, index, operations)).find(({ outcome }) => outcome !== "written");
    if (refused) throw new Error(`${index} refused ${refused.id}: ${refused.reason}`);
    progress.update({ done: at + records.length, failed: 0, fraction: (at + records.length - from) / (to - from) });
  }
  progress.end();
  await client.indices.refresh({ index });
  return Math.min(at, to);
}

type Asking = (n: number) => Promise<unknown>;

/** What is asked of a catalogue of so many products. */
function questions(client: Client, size: number): Readonly<Record<"same" | "more", Asking>> {
  const deps = { client, namespace: NAMESPACE, wait: () => Promise.resolve() };
  const { "product.search": search } = productQueries(deps);
  let dearest = DEAREST;
  const ask = (q: string): Promise<unknown> => {
    const params: SearchProducts = { q, sort: "relevance", limit: 24, priceMax: dearest++ };
    return search(params, { meta: {} });
  };
  const kinds = Math.max(1, Math.floor(size / OF_A_KIND));
  return {
    same: (n) => ask(kindName((n * 7_919) % kinds)),
    more: (n) => ask(THINGS[n % THINGS.length] ?? ""),
  };
}

const NAMES: Readonly<Record<"same" | "more", string>> = {
  same: `a search that finds ${OF_A_KIND} in any catalogue`,
  more: "a search that finds a tenth of the catalogue",
};

interface Run {
  readonly sizes: readonly number[];
  /** Where pieces lie; without one all is done at once. */
  readonly folder: string | null;
}

/** @throws Error for what is no list of growing numbers */
function runOf(ask: Ask): Run {
  const options = { data: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args: [...ask.args], options, allowPositionals: true });
  const usual = ask.small ? [1_000, 2_000] : [10_000, 100_000, 1_000_000];
  const sizes = positionals.length > 0 ? positionals.map(Number) : usual;
  const grows = sizes.every((size, at) => Number.isSafeInteger(size) && size > (sizes[at - 1] ?? 0));
  if (!grows) throw new Error(`"${ask.args.join(" ")}" is no list of growing numbers of products`);
  return { sizes, folder: values.data === undefined ? null : path.resolve(values.data) };
}

interface At {
  readonly size: number;
  readonly found: Readonly<Record<"same" | "more", Rate>>;
}

function answersOf(all: readonly At[]): Answer[] {
  return all.flatMap(({ size, found }, at) =>
    (["same", "more"] as const).flatMap((kind): Answer[] => {
      const before = all[at - 1];
      const here: Answer = {
        question: `p95 of ${NAMES[kind]}: ${size} products`,
        value: found[kind].p95Ms,
        unit: "ms",
      };
      if (before === undefined) return [{ ...here, detail: found[kind] }];
      const value = Number((found[kind].p95Ms / before.found[kind].p95Ms).toFixed(3));
      const question = `p95 of ${NAMES[kind]}: ${size} products / ${before.size}`;
      return [
        { ...here, detail: found[kind] },
        { question, value, unit: "×", goal: { atMost: 1.5 } },
      ];
    }),
  );
}

/** How far a run in pieces has come. */
interface Done {
  readonly filled: number;
  readonly all: readonly At[];
}

const NOTHING: Done = { filled: 0, all: [] };
const doneIn = (folder: string): string => path.join(folder, "done.json");

async function doneSoFar({ folder }: Run): Promise<Done> {
  if (folder === null) return NOTHING;
  await mkdir(folder, { recursive: true });
  const text = await readFile(doneIn(folder), "utf8").catch(() => null);
  return text === null ? NOTHING : (JSON.parse(text) as Done);
}

async function measuredAt(client: Client, size: number, ask: Ask): Promise<At> {
  const { same, more } = questions(client, size);
  const seconds = sized(ask, SECONDS, 1);
  await rate(1, seconds, (n) => Promise.all([same(n), more(n)]));
  return { size, found: { same: await rate(1, seconds, same), more: await rate(1, seconds, more) } };
}

/** The next size, filled and, if there was time for all of it, measured. */
async function nextSize(client: Client, { filled, all }: Done, to: number, ask: Ask & Pick<Growing, "until">) {
  const now = await grow(client, { from: filled, to, until: ask.until });
  return { filled: now, all: now < to ? all : [...all, await measuredAt(client, to, ask)] } satisfies Done;
}

export async function searchGrowthBench(ask: Ask): Promise<Answer[]> {
  const run = runOf(ask);
  let done = await doneSoFar(run);
  const until = run.folder === null ? Number.POSITIVE_INFINITY : Date.now() + PIECE_MS;
  const engine = await ownEngine(HEAP_MB, run.folder === null ? undefined : path.join(run.folder, "engine"));
  const client = createSearchClient(engine.url);
  try {
    await ensureIndex(client, NAMESPACE, products, { hidden: true });
    for (const size of run.sizes.slice(done.all.length)) {
      if (Date.now() >= until) break;
      done = await nextSize(client, done, size, { ...ask, until });
      if (run.folder !== null) await writeFile(doneIn(run.folder), JSON.stringify(done));
    }
    const left = run.sizes.length - done.all.length;
    if (left > 0) console.log(`${done.filled} of ${run.sizes.at(-1)} products so far: run the same again to go on.`);
    return answersOf(done.all);
  } finally {
    await client.close();
    await engine.stop();
  }
}
