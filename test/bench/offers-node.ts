/** A node on the backing services with offers on products in it, and the bare collection beside it to compare with. */
import type { Collection } from "mongodb";
import pino from "pino";
import { openNode, type RunningNode } from "../../bin/node/node";
import type { Calls } from "../../models/contracts";
import { randomId } from "../../models/kernel/ids";
import { createHistories } from "../../models/kernel/mongo-histories";
import { rowId, type Row } from "../../models/kernel/row";
import { typed } from "../../services/kernel/call";
import { startBacking, type Backing } from "../support/backing";

export const admin = { principal: { id: "bench", permissions: ["*"] }, trace: "bench" };
export const durable = { writeConcern: { w: "majority", journal: true } } as const;

/** Of products that are made at once. */
const MADE_AT_ONCE = 100;

/** Of the n-th product's offers; none begins with another one. */
export const skuOf = (n: number): string => `sku-${String(n).padStart(7, "0")}`;

export type Call = ReturnType<typeof typed<Calls>>;

export interface OffersNode {
  readonly node: RunningNode;
  readonly backing: Backing;
  readonly call: Call;
  readonly secret: string;
  /** Of the offers. */
  readonly ids: readonly string[];
  stop(): Promise<void>;
}

/** Two offers on each product, as in a mall; a commit touches one document of the read side. */
async function offersOf(call: Call, count: number): Promise<string[]> {
  const price = { amountMinor: 1_000, currency: "EUR" };
  const ids: string[] = [];
  for (let from = 0; from < count / 2; from += MADE_AT_ONCE) {
    const some = Array.from({ length: Math.min(MADE_AT_ONCE, count / 2 - from) }, (_, i) => from + i);
    const made = some.map(async (i) => {
      const title = { en: `Lamp ${i}` };
      const { id: productId } = await call("product.create", { title, channels: [], publish: true });
      const offer = { productId, price, condition: "new" } as const;
      return Promise.all(
        ["a", "b"].map((seller) => call("offer.make", { ...offer, sellerId: `seller-${seller}`, sku: skuOf(i) })),
      );
    });
    ids.push(...(await Promise.all(made)).flat().map(({ id }) => id));
  }
  return ids;
}

export async function openOffersNode(
  offers: number,
  more: Readonly<Record<string, string>> = {},
  given?: Backing,
): Promise<OffersNode> {
  const backing = given ?? (await startBacking());
  const config = backing.config({ STOA_GATEWAY: "no", ...more });
  const node = await openNode(config, pino({ level: "silent" }));
  const stop = async (): Promise<void> => {
    await node.stop();
    if (!given) await backing.stop();
  };
  const call = typed<Calls>(node.broker, admin);
  try {
    return { node, backing, call, secret: config.secret, ids: await offersOf(call, offers), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One warm, accepted command after another, spread over the offers. */
export function reprice({ call, ids }: Pick<OffersNode, "call" | "ids">): (n: number) => Promise<unknown> {
  let price = 1_000;
  return (n) =>
    call("offer.reprice", { id: ids[n % ids.length] ?? "", price: { amountMinor: ++price, currency: "EUR" } });
}

export interface Bare {
  readonly collection: Collection<Row>;
  /** A row as the commands make them: of the same aggregates, the next version each, by a command of its own. */
  row(): Row;
  /** From now on of the bytes that the rows of commands have now: what they keep may have grown. */
  resample(): Promise<void>;
}

/** A collection with the same indexes, and rows of the same bytes. */
export async function bareCollection({ node, ids }: Pick<OffersNode, "node" | "ids">): Promise<Bare> {
  await createHistories(node.store.connection, { aggregate: "bare" }, 1);
  const collection = node.store.connection.collection<Row>("bare.history") as unknown as Collection<Row>;
  const newest = async (): Promise<Row> => {
    const [row] = (await node.store.of("offer").newest(ids.slice(0, 1))).values();
    if (!row) throw new Error("there are no offers to take a row from");
    return row;
  };
  let sample = await newest();
  let n = 0;
  return {
    collection,
    async resample() {
      sample = await newest();
    },
    row() {
      const aggregateId = ids[n % ids.length] ?? "";
      const version = Math.floor(n++ / ids.length) + 1;
      const command = { ...sample.command, id: randomId() };
      return { ...sample, _id: rowId(aggregateId, version), aggregateId, version, command };
    },
  };
}

/** Rows that are durable and not yet marked as published. */
export async function outboxOf(node: RunningNode): Promise<number> {
  return (await node.store.of("offer").unpublished(null, 20_000)).length;
}
