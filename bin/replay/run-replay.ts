/**
 * One replay from the first invoice to the last: plans in the order of the file, sends with many hands, and keeps the
 * account of every line. A return is sent when the purchases that it belongs to have been answered.
 */
import { inParallel } from "../client/in-parallel";
import type { Mall } from "../client/mall";
import type { Report } from "../import/report";
import { read, settle, type Account } from "./account";
import { commandOf, type Where } from "./commands";
import type { Invoice } from "./invoice";
import { planOf, REASONS, type Planned, type Reason, type Shelf } from "./plan";

export interface Replay {
  readonly invoices: AsyncIterable<Invoice>;
  readonly mall: Mall;
  readonly where: Where;
  readonly concurrency: number;
  readonly account: Account;
  readonly report: Pick<Report, "add">;
  readonly progress: (counts: ReplayCounts) => void;
}

export interface ReplayCounts {
  invoices: number;
  orders: number;
  returns: number;
  credits: number;
  failed: number;
}

interface Planning {
  readonly invoice: Invoice;
  readonly steps: readonly Planned[];
}

/** Orders under way, by reference: what comes back of them waits. */
type UnderWay = Map<string, Promise<unknown>>;

const KIND = { purchase: "purchases", return: "returns", credit: "credits" } as const;
const COUNT = { purchase: "orders", return: "returns", credit: "credits" } as const;

function refuse({ account, report }: Replay, piece: Parameters<typeof settle>[2], reason: Reason, why: string): void {
  settle(account, reason, piece);
  report.add({ line: piece.line.line, id: piece.line.code, step: reason, problem: why });
}

async function send(replay: Replay, invoice: Invoice, step: Planned, counts: ReplayCounts): Promise<void> {
  const outcome = await replay.mall.send(commandOf(invoice, step, replay.where));
  const pieces = step.kind === "credit" ? step.pieces : step.lines;
  if (outcome.ok) {
    counts[COUNT[step.kind]] += 1;
    for (const piece of pieces) settle(replay.account, KIND[step.kind], piece);
    return;
  }
  counts.failed += 1;
  const why = `${outcome.type}: ${outcome.detail}`;
  for (const piece of pieces) refuse(replay, piece, "MALL_REFUSED", why);
}

async function* planned(replay: Replay, shelf: Shelf): AsyncGenerator<Planning, void> {
  for await (const invoice of replay.invoices) {
    for (const line of invoice.lines) read(replay.account, line, invoice.returns);
    const { steps, refused } = planOf(invoice, shelf);
    for (const piece of refused) refuse(replay, piece, piece.reason, REASONS[piece.reason]);
    yield { invoice, steps };
  }
}

/** @throws what ends a replay as a whole; sent again, it goes on where it was: nothing is recorded twice */
export async function runReplay(replay: Replay): Promise<ReplayCounts> {
  const counts: ReplayCounts = { invoices: 0, orders: 0, returns: 0, credits: 0, failed: 0 };
  const underWay: UnderWay = new Map();

  async function perform(invoice: Invoice, step: Planned): Promise<void> {
    if (step.kind === "return") await underWay.get(step.of)?.catch(() => undefined);
    const sent = send(replay, invoice, step, counts);
    if (step.kind !== "purchase") return sent;
    underWay.set(step.reference, sent);
    return sent.finally(() => underWay.delete(step.reference));
  }
  await inParallel(planned(replay, new Map()), replay.concurrency, async ({ invoice, steps }) => {
    // begun together, so that a return finds every purchase of an earlier invoice under way or done
    await Promise.all(steps.map((step) => perform(invoice, step)));
    counts.invoices += 1;
    replay.progress(counts);
  });
  return counts;
}
