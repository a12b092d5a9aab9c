/**
 * Does a search stay as fast as the catalogue grows? One index is filled directly, past the histories, and searched at
 * each size as the mall searches it (`-- search-growth [10000 100000 1000000]`), by an engine with a larger heap. Of
 * two kinds of questions: those that find as much in any catalogue, for who sells more sells more kinds of things; and
 * those of which there is more in proportion, where all that is found is counted by facets.
 */
import { showProgress } from "../../bin/terminal/painter";
import type { ImportRecord } from "../../bin/import/record";
import { createSearchClient } from "../../indexers/kernel/client";
import { sendBulk } from "../../indexers/kernel/bulk";
import { joinedDocument } from "../../indexers/kernel/fold";
import { aliasOf, ensureIndex } from "../../indexers/kernel/indices";
import { products } from "../../indexers/product/products.projection";
import { productQueries } from "../../indexers/product/products.query";
import type { SearchProducts } from "../../models/product/product.search.contract";
import { ownEngine } from "../support/elasticsearch";
import { rate, type Rate } from "./measure";
import { partsOf } from "./relevance/fill";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";

const HEAP_MB = 2_048;
const NAMESPACE = "growth";
const BATCH = 500;
const SECONDS = 12;
/** Products that one question of the first kind finds. */
const OF_A_KIND = 400;
const THINGS = ["lamp", "chair", "kettle", "jacket", "drill", "piano", "tent", "watch", "sofa", "mixer"];
const LOOKS = ["black", "white", "oak", "steel", "blue", "red", "green", "brass", "linen", "glass"];
/** Above every price: leaves nothing out, and makes every question a new one to the engine. */
const DEAREST = 100_000_000;

type Client = ReturnType<typeof createSearchClient>;

/** A word without figures and endings, which is read as it stands: kind 27 is "kinddk". */
const kindName = (kind: number): string =>
  `kind${Array.from(String(kind), (digit) => "bcdfghjklm"[Number(digit)] ?? "").join("")}`;

function recordOf(n: number): ImportRecord {
  const [thing, look] = [THINGS[n % THINGS.length] ?? "", LOOKS[Math.floor(n / 10) % LOOKS.length] ?? ""];
  const kind = kindName(Math.floor(n / OF_A_KIND));
  const price = { amountMinor: 500 + ((n * 37) % 90_000), currency: "EUR" };
  return {
    id: `p${n}`,
    product: {
      title: { en: `Maker ${n % 997} ${look} ${kind} ${thing}` },
      description: { en: `A ${look} ${thing} of ${kind}, the ${n}th of its street, for every room and every day.` },
      brand: `Brand ${n % 400}`,
      categoryPath: ["All", thing, kind],
      attributes: { colour: look, size: n % 40, weight: n % 90 },
      publish: true,
    },
    offers: [{ sellerId: `seller-${n % 500}`, sku: `s${n}`, price, condition: "new", stock: { berlin: n % 9 } }],
  };
}

async function grow(client: Client, from: number, to: number): Promise<void> {
  const index = aliasOf(NAMESPACE, products.name);
  const progress = showProgress(`${to} products`, process.stderr);
  for (let at = from; at < to; at += BATCH) {
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

/** @throws Error for what is no list of growing numbers */
function sizesOf(ask: Ask): number[] {
  const sizes = ask.args.length > 0 ? ask.args.map(Number) : ask.small ? [1_000, 2_000] : [10_000, 100_000, 1_000_000];
  const grows = sizes.every((size, at) => Number.isSafeInteger(size) && size > (sizes[at - 1] ?? 0));
  if (!grows) throw new Error(`"${ask.args.join(" ")}" is no list of growing numbers of products`);
  return sizes;
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

export async function searchGrowthBench(ask: Ask): Promise<Answer[]> {
  const sizes = sizesOf(ask);
  const engine = await ownEngine(HEAP_MB);
  const client = createSearchClient(engine.url);
  try {
    await ensureIndex(client, NAMESPACE, products, { hidden: true });
    const all: At[] = [];
    let filled = 0;
    for (const size of sizes) {
      await grow(client, filled, size);
      filled = size;
      const { same, more } = questions(client, size);
      await rate(1, sized(ask, SECONDS, 1), (n) => Promise.all([same(n), more(n)]));
      const seconds = sized(ask, SECONDS, 1);
      all.push({ size, found: { same: await rate(1, seconds, same), more: await rate(1, seconds, more) } });
    }
    return answersOf(all);
  } finally {
    await client.close();
    await engine.stop();
  }
}
