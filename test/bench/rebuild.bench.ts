/**
 * How fast is a read model made anew, against the engine's own `_bulk` with the same documents already written down?
 * Measured from the first page to the last; the fixed waits of a rebuild (every writer must see its mark) and the
 * comparison with the fold are told beside it. Memory must not grow with the number of documents.
 */
import { wait } from "../../services/kernel/wait";
import { aliasOf, createIndex, indexName } from "../../indexers/kernel/indices";
import { sendBulk, type Operation } from "../../indexers/kernel/bulk";
import type { Rebuilt } from "../../indexers/kernel/rebuild";
import { sellers } from "../../indexers/seller/sellers.projection";
import { derivedId } from "../../models/kernel/ids";
import type { Histories } from "../../models/kernel/histories";
import { rowId, type Row } from "../../models/kernel/row";
import { openOffersNode, type OffersNode } from "./offers-node";
import { median } from "./measure";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";

const INSERTED_AT_ONCE = 500;
const PREPARED_AT_ONCE = 1_000;
const LOOK_EVERY_MS = 100;
const MB = 1024 ** 2;
const NAMESPACE = "stoa";

function sellerRow(n: number): Row {
  const aggregateId = derivedId("bench-seller", String(n));
  const at = new Date(Date.UTC(2026, 0, 1) + n).toISOString();
  return {
    _id: rowId(aggregateId, 1),
    aggregateId,
    version: 1,
    schema: 1,
    events: [{ type: "seller.approved", data: {} }],
    state: {
      status: "active",
      name: `Lamps and chairs ${n}`,
      about: { en: `A shop for lamps and chairs, the ${n}th of its street.` },
      country: "DE",
      activeSince: at,
    },
    command: { id: derivedId("bench-command", String(n)), name: "seller.approve", paramsHash: "" },
    by: "bench",
    onBehalfOf: null,
    causedBy: null,
    trace: null,
    occurredAt: at,
    committedAt: at,
    hlc: `${String(Date.parse(at)).padStart(15, "0")}-0000`,
    hashFormat: 1,
    hash: "",
    published: true,
  };
}

async function fill(histories: Histories, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += INSERTED_AT_ONCE) {
    const rows = Array.from({ length: Math.min(INSERTED_AT_ONCE, to - at) }, (_, i) => sellerRow(at + i));
    await histories.insert(rows, false);
  }
}

const operationOf = (row: Row): Operation => {
  const document = JSON.stringify(sellers.document({ ...row, aggregate: "seller" }));
  const action = JSON.stringify({ index: { _id: row.aggregateId, version: row.version, version_type: "external" } });
  return { id: row.aggregateId, action, document };
};

/** Documents per second; what is sent was written down before. */
async function rawBulk({ node }: OffersNode, documents: number): Promise<number> {
  const name = indexName(aliasOf(NAMESPACE, "raw"), 1, documents);
  const { client } = node.readSide;
  await createIndex(client, sellers, { name, mark: aliasOf(NAMESPACE, "raw"), hidden: true });
  let spent = 0;
  for (let at = 0; at < documents; at += PREPARED_AT_ONCE) {
    const prepared = Array.from({ length: PREPARED_AT_ONCE }, (_, i) => operationOf(sellerRow(at + i)));
    const began = performance.now();
    await sendBulk(client, name.index, prepared);
    spent += performance.now() - began;
  }
  await client.indices.delete({ index: name.index });
  return Math.round((documents * 1_000) / spent);
}

interface Made {
  readonly perSecond: number;
  readonly wholeSeconds: number;
  /** Of this process: what it held more than before, at most. */
  readonly grownMb: number;
  readonly rebuilt: Rebuilt;
}

async function rebuildOnce({ node }: OffersNode): Promise<Made> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), LOOK_EVERY_MS);
  const began = performance.now();
  const filling: { at: number; done: number }[] = [];
  const rebuilt = await node.readSide.rebuild({
    projection: "sellers",
    histories: [node.store.of("seller")],
    sample: 1_000,
    onProgress: ({ phase, done }) => phase === "fill" && filling.push({ at: performance.now(), done }),
  });
  clearInterval(watch);
  const [first = { at: 0, done: 0 }, last = first] = [filling[0], filling.at(-1)];
  return {
    perSecond: Math.round(((last.done - first.done) * 1_000) / Math.max(1, last.at - first.at)),
    wholeSeconds: Number(((performance.now() - began) / 1_000).toFixed(1)),
    grownMb: Math.round((most - before) / MB),
    rebuilt,
  };
}

interface Measured {
  readonly size: number;
  /** Documents per second of the engine's own bulk. */
  readonly raw: number;
  readonly ours: Made;
}

function answersOf(made: readonly Measured[]): Answer[] {
  const ratios = made.map(({ raw, ours }) => Number((ours.perSecond / raw).toFixed(3)));
  const sizes = made.map(({ size }) => size);
  const grown = made.map(({ ours }) => ours.grownMb);
  return [
    {
      question: `rebuild docs/s / raw _bulk of the same documents, the middle of ${sizes.join(", ")} documents`,
      value: median(ratios),
      unit: "×",
      goal: { atLeast: 0.8 },
      detail: { made, ratios },
    },
    {
      question: `memory that a rebuild of ${Math.max(...sizes)} documents takes more than one of ${Math.min(...sizes)}`,
      value: (grown.at(-1) ?? 0) - (grown[0] ?? 0),
      unit: "MB",
      goal: { atMost: 30 },
      detail: { grownMb: grown },
    },
  ];
}

export async function rebuildBench(ask: Ask): Promise<Answer[]> {
  const sizes = ask.small ? [2_000, 6_000] : [20_000, 100_000, 500_000];
  const under = await openOffersNode(2);
  try {
    const made: Measured[] = [];
    await rawBulk(under, sizes[0] ?? 0); // the engine is warm from here on
    for (const [i, size] of sizes.entries()) {
      await fill(under.node.store.of("seller"), sizes[i - 1] ?? 0, size);
      await wait(sized(ask, 2_000, 200));
      const ours = await rebuildOnce(under);
      made.push({ size, raw: await rawBulk(under, Math.min(size, 100_000)), ours });
    }
    return answersOf(made);
  } finally {
    await under.stop();
  }
}
