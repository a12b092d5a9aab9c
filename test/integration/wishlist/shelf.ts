/**
 * A mall in one process whose read side is a table in the test: what is on sale is what the test says. Commits are read
 * for alerts by the reader of the real thread, and its timers are fired until nothing is due; whoever is made to fail
 * is fired again, as after a kill.
 */
import { alertsReader } from "../../../bin/node/alerts";
import type { Commit, Row } from "../../../models/kernel/row";
import { Refusal } from "../../../models/kernel/refusal";
import type { MessageState } from "../../../models/message/message.aggregate";
import type { Principal } from "../../../services/kernel/call";
import { sendDue } from "../../support/due";
import { createMemoryTimers } from "../../support/memory-delivery";
import { openMemoryNode, type Between, type MemoryNode } from "../../support/memory-node";

export const admin: Principal = { id: "admin", permissions: ["*"] };
export const shopper = (id: string): Principal => ({ id, permissions: [], grants: [{ role: "shopper", party: id }] });
export const nobody: Principal = { id: "anonymous", permissions: [] };

export interface OnSale {
  amountMinor: number;
  quantity: number;
}

export interface Shelf {
  readonly mall: MemoryNode;
  readonly channelId: string;
  /** By product. */
  readonly sale: Map<string, OnSale>;
  do<R = { readonly id: string; readonly version: number }>(
    action: string,
    params: object,
    who?: Principal,
  ): Promise<R>;
  /** An account that can be written to. */
  person(id: string): Promise<Principal>;
  /** A product with one offer. */
  product(amountMinor: number, quantity: number): Promise<{ readonly productId: string; readonly offerId: string }>;
  /** Reads what was committed and fires what is due, until there is nothing. */
  settle(): Promise<void>;
  /** What was written to somebody, newest last. */
  mailsOf(accountId: string): readonly (MessageState & { status: "queued" })[];
  /** Counts calls from now on; the one with this number fails, before or after it was done. */
  failAt(call: number, when: "before" | "after"): void;
  calls(): number;
}

const ROUNDS_MAX = 60;

export async function openShelf(): Promise<Shelf> {
  const sale = new Map<string, OnSale>();
  const offers = new Map<string, string>();
  const fault = { at: 0, when: "before", calls: 0 };
  let channelId = "";
  const viewOf = (id: string) => {
    const now = sale.get(id);
    if (!now) throw new Refusal("NOT_FOUND", 404, "There is no such product.");
    const price = { amountMinor: now.amountMinor, currency: "EUR" };
    const offer = { id: offers.get(id), sellerId: "lumen", variantId: null, quantity: now.quantity, price };
    return { id, status: "published", title: { en: "Lamp" }, channels: [channelId], variants: [], offers: [offer] };
  };
  const between: Between = async ({ action, params }, go) => {
    const counted = fault.at > 0 && !action.startsWith("alert.s");
    const fails = counted && ++fault.calls === fault.at;
    if (fails && fault.when === "before") throw new Error("killed");
    const found = action === "product.get" ? viewOf((params as { id: string }).id) : await go();
    if (fails) throw new Error("killed");
    return found;
  };
  const mall = await openMemoryNode({ between });
  const doing: Shelf["do"] = (action, params, who = admin) => mall.call(who, action, params);
  ({ id: channelId } = await doing("channel.open", {
    ...{ code: "main", name: { en: "Main" }, currency: "EUR", languages: ["en"], taxInclusive: true },
  }));
  const timers = createMemoryTimers();
  const reader = alertsReader(mall.lookup, timers);
  const seen = new Set<string>();

  function fresh(): Commit[] {
    return reader.aggregates.flatMap((aggregate) =>
      [...(mall.histories.get(aggregate)?.rows.values() ?? [])]
        .filter((row: Row) => !seen.has(`${aggregate}/${row._id}`))
        .map((row) => {
          seen.add(`${aggregate}/${row._id}`);
          return { ...row, aggregate };
        }),
    );
  }
  async function fire(): Promise<boolean> {
    const due = await timers.due("9999", 1_000);
    for (const document of due) {
      const [timer] = document.due;
      if (!timer) continue;
      const meta = { commandId: `${document._id}@${document.version}`, exempt: "timer" } as const;
      const done = await mall.call(admin, timer.command, timer.params, meta).then(
        () => true,
        () => false,
      );
      if (done) await timers.swap(document, { ...document, turn: document.turn + 1, nextAt: null });
    }
    return due.length > 0;
  }
  /** A page that fails is asked for again by its timer. */
  const sweep = async (): Promise<boolean> => {
    try {
      await sendDue(mall, ["alert"], "9999");
      return false;
    } catch {
      return true;
    }
  };
  return {
    ...{ mall, sale, do: doing },
    get channelId() {
      return channelId;
    },
    async person(id) {
      const emailKey = id.replaceAll("-", "").padEnd(32, "0");
      await doing("account.open", { id, email: `${id}@example.com`, emailKey, language: "en" });
      await doing("account.verify", { id });
      return shopper(id);
    },
    async product(amountMinor, quantity) {
      const { id: productId } = await doing("product.create", {
        ...{ title: { en: "Lamp" }, channels: [channelId], publish: true },
      });
      const price = { amountMinor, currency: "EUR" };
      const { id: offerId } = await doing("offer.make", {
        ...{ productId, sellerId: "lumen", sku: productId, price, condition: "new" },
      });
      sale.set(productId, { amountMinor, quantity });
      offers.set(productId, offerId);
      return { productId, offerId };
    },
    async settle() {
      for (let round = 0; round < ROUNDS_MAX; round++) {
        const commits = fresh();
        await reader.read(commits);
        const fired = await fire();
        const failed = await sweep();
        if (commits.length === 0 && !fired && !failed) return;
      }
      throw new Error(`Not settled after ${ROUNDS_MAX} rounds`);
    },
    mailsOf: (accountId) =>
      [...(mall.histories.get("message")?.rows.values() ?? [])]
        .map(({ state }) => state as MessageState & { status: "queued" })
        .filter((state) => state.accountId === accountId),
    failAt(call, when) {
      Object.assign(fault, { at: call, when, calls: 0 });
    },
    calls: () => fault.calls,
  };
}
