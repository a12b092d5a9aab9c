/**
 * A node with a gateway whose read side holds so many products and baskets, and whose lists were learnt from them by
 * its own clock. Products and orders are written into the indices alone: serving is asked about, not selling.
 */
import pino from "pino";
import { openNode, type RunningNode } from "../../bin/node/node";
import { aliasOf } from "../../indexers/kernel/indices";
import { chance } from "../../ml/kernel/random";
import type { Calls } from "../../models/contracts";
import { typed } from "../../services/kernel/call";
import { issueToken } from "../../services/gateway/tokens";
import { startBacking } from "../support/backing";
import { eventually } from "../support/eventually";

export interface ServingMall {
  readonly node: RunningNode;
  readonly url: string;
  readonly token: string;
  readonly call: ReturnType<typeof typed<Calls>>;
  /** Of those who looked at things. */
  readonly visitors: readonly string[];
  stop(): Promise<void>;
}

const AT_ONCE = 5_000;
const BASKET = 4;
const VIEWS = 5;
const LEARNT_WITHIN_MS = 240_000;

export const productId = (n: number): string => `p${n}`;

/** What is near each other in number is bought together, and low numbers more often. */
export function nearItems(count: number, many: number, seed: number): number[] {
  const random = chance(seed);
  const first = Math.floor(count * random.next() ** 2);
  return Array.from({ length: many }, (_, i) => (first + i * (1 + random.below(6))) % count);
}

async function fill(node: RunningNode, namespace: string, products: number): Promise<void> {
  const { client } = node.readSide;
  const bulk = async (index: string, docs: readonly { readonly id: string }[]): Promise<void> => {
    const operations = docs.flatMap((doc) => [{ index: { _index: aliasOf(namespace, index), _id: doc.id } }, doc]);
    const { errors, items } = await client.bulk({ operations });
    if (errors) throw new Error(JSON.stringify(items.find(({ index: one }) => one?.error)));
  };
  const offer = { id: "o", sellerId: "s", currency: "EUR", amountMinor: 1_000, quantity: 5 };
  for (let from = 0; from < products; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, products - from) }, (_, i) => from + i);
    await bulk(
      "products",
      numbers.map((n) => ({
        ...{ id: productId(n), status: "published", title: { en: `Thing ${n}` }, categoryPath: `Kind ${n % 500}` },
        ...{ channels: [], offers: [offer], publishedAt: "2026-01-01T00:00:00.000Z" },
      })),
    );
    await bulk(
      "orders",
      numbers.map((n) => ({
        ...{ id: `b${n}`, status: "placed", customerId: `c${n % (products / 4)}` },
        // the first of each makes sure that everything was bought once
        productIds: [n, ...nearItems(products, BASKET - 1, n)].map(productId),
        placedAt: new Date(Date.UTC(2026, 0, 1) + n * 1_000).toISOString(),
      })),
    );
  }
  await client.indices.refresh({ index: [aliasOf(namespace, "products"), aliasOf(namespace, "orders")] });
}

async function looksAround(call: ServingMall["call"], products: number, n: number): Promise<string> {
  const visitorId = `visitor-${String(n).padStart(24, "0")}`;
  const events = nearItems(products, VIEWS, n + 1).map((item, i) => ({
    ...{ event_id: `view-${n}-${i}`, action_name: "view" as const },
    event_attributes: { object: { object_id: productId(item) } },
  }));
  await call("visitor.record", { visitorId, consent: true, events });
  return visitorId;
}

export async function openServingMall(products: number, visitors: number): Promise<ServingMall> {
  const backing = await startBacking();
  const config = backing.config({});
  const node = await openNode(config, pino({ level: "silent" }));
  const call = typed<Calls>(node.broker, { principal: { id: "bench", permissions: ["*"] }, trace: "bench" });
  await fill(node, config.namespace, products);
  await eventually(
    "the lists are learnt",
    async () => {
      const { items } = await call("recommendation.ask", { kind: "together", productId: productId(1), limit: 3 });
      return items.some(({ reason }) => reason.kind === "together");
    },
    { timeoutMs: LEARNT_WITHIN_MS },
  );
  const ids: string[] = [];
  for (let n = 0; n < visitors; n++) ids.push(await looksAround(call, products, n));
  const stop = async (): Promise<void> => {
    await node.stop();
    await backing.stop();
  };
  const token = issueToken(config.secret, { id: "bench", permissions: ["*"] });
  return { node, url: node.url ?? "", token, call, visitors: ids, stop };
}
