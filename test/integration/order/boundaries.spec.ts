/**
 * A fault at every boundary of what is done with an order: each story is heard once, and played again for each call
 * that it makes and each thing that can go wrong there. Who gets no answer asks again. In the end everything is as if
 * nothing had gone wrong.
 */
import { contracts } from "../../../models/contracts";
import { isRefusal } from "../../../models/kernel/refusal";
import type { Row } from "../../../models/kernel/row";
import type { Entry } from "../../../models/ledger/ledger.book.contract";
import type { OrderView } from "../../../models/order/order.view.contract";
import type { PaymentView } from "../../../models/payment/payment.standing.contract";
import { CALL_FAULTS, createCallPlay, type CallFault, type CallPlan, type CallPlay } from "../../support/call-faults";
import type { Asked } from "../../support/memory-node";
import { openPurchases, type Bought, type Purchases } from "./purchase";
import { ORDER_STORIES, type Step, type Story } from "./stories";

const kinds = new Map(
  contracts.flatMap(({ actions }) => Object.entries(actions).map(([name, { kind }]) => [name, kind])),
);
const counts = ({ action }: Asked): boolean => ["create", "command", "procedure"].includes(kinds.get(action) ?? "");

/** Nobody goes away here: who wants something done with an order wants it still. */
const OF_WHO_GOES_AWAY: readonly CallFault[] = [
  "it comes only when all is over, and the customer has gone",
  "the process dies before it is sent, and for an hour nobody comes",
];

interface Played {
  readonly story: Story;
  readonly plan: CallPlan | null;
  readonly play: CallPlay;
  readonly bought: Bought;
  readonly name: string;
}

const plays = new Map<string, CallPlay>();
const played: Played[] = [];
let mall: Purchases;
beforeAll(async () => {
  mall = await openPurchases({
    units: 10_000,
    between: (asked, go) => plays.get(asked.meta.trace.split("/")[0] ?? "")?.between(asked, go) ?? go(),
  });
});
afterAll(() => mall.mall.stop());

const ATTEMPTS = 3;

/** Who gets no answer asks again, under the same id; a refusal is an answer. */
async function insist(name: string, n: number, { who, action, params }: Step): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const meta = { trace: `${name}/${n}/${attempt}`, commandId: `${name}/${n}`, exempt: "approved" } as const;
    try {
      await mall.mall.call(who, action, params, meta);
      return;
    } catch (error) {
      if (isRefusal(error)) return;
    }
  }
}

/** All that is asked, in its order. */
async function act({ story, bought, name }: Played): Promise<void> {
  const asksAt = story.steps(bought, "").findIndex(({ action }) => action === "return.request");
  for (const [n, step] of story.steps(bought, `${name}/${asksAt}`).entries()) await insist(name, n, step);
}

async function begin(story: Story, plan: CallPlan | null): Promise<Played> {
  const one = { story, plan, play: createCallPlay(counts, plan), bought: await mall.placed(3, story.capture) };
  const name = `play${played.length}`;
  played.push({ ...one, name });
  return { ...one, name };
}

/** What becomes of it when nobody disturbs it any more. */
async function end(): Promise<void> {
  plays.clear();
  await mall.settle();
  for (const one of played) {
    const { problems } = await mall.orderOf(one.bought.id);
    if (problems.length > 0) await mall.call("order.retry", { id: one.bought.id });
    await act(one);
  }
  await mall.settle();
  for (const { play } of played) await play.arrive();
  await mall.settle();
}

const rowsOf = (name: string): Row[] => [...(mall.mall.histories.get(name)?.rows.values() ?? [])];

/** Of each order: its promise, money, books, papers, letters and tasks. */
async function standing({ bought: { id, paymentId, holdId } }: Played) {
  const signs: Readonly<Record<string, number>> = { "stock.reserved": 1, "stock.released": -1, "stock.shipped": -1 };
  const held = rowsOf("stock")
    .flatMap(({ events }) => events)
    .filter(({ data }) => (data as { holdId?: string }).holdId === holdId)
    .reduce((sum, { type, data }) => sum + (signs[type] ?? 0) * (data as { quantity: number }).quantity, 0);
  const cash = rowsOf("ledger")
    .flatMap(({ events }) => events.flatMap(({ data }) => (data as { entry?: Entry }).entry ?? []))
    .filter(({ reference }) => reference.startsWith(`${id}/`))
    .flatMap(({ postings }) => postings.filter(({ account }) => account === "cash"));
  const { capturedMinor, refundedMinor } = await mall.call<PaymentView>("payment.get", { id: paymentId });
  const { status, problems, papers, money } = await mall.call<OrderView>("order.get", { id });
  const letters = rowsOf("message").filter(({ state }) => (state as { orderId?: string }).orderId === id);
  return {
    ...{ held, keptMinor: capturedMinor - refundedMinor, status, problems },
    orderMinor: money.capturedMinor - money.refundedMinor,
    bookedMinor: cash.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    papers: papers.map(({ kind }) => kind),
    letters: new Set(letters.map(({ aggregateId }) => aggregateId)).size,
  };
}

/** A task is refused by whom the order asks; what it records of itself is not. */
const fits =
  (asked: Asked) =>
  (fault: CallFault): boolean =>
    !OF_WHO_GOES_AWAY.includes(fault) &&
    (fault !== "it is refused" || (asked.meta.principal.id === "orders" && asked.action !== "order.finish"));

/** What is new in a story, with everything that can go wrong there. */
function plansOf({ story, play: { heard } }: Played): (CallPlan & { readonly story: Story })[] {
  const from = heard.findIndex(({ action }) => story.from === undefined || action === story.from);
  const news = heard.slice(from).map((asked, n) => ({ asked, at: from + n }));
  return news.flatMap(({ asked, at }) => CALL_FAULTS.filter(fits(asked)).map((fault) => ({ story, at, fault })));
}

async function playAll(): Promise<void> {
  for (const one of played) {
    plays.set(one.name, one.play);
    await act(one);
  }
}

type Standing = Awaited<ReturnType<typeof standing>>;

/** Each story without a fault, and how it then stands. */
async function undisturbed(): Promise<ReadonlyMap<Story, Standing>> {
  for (const story of ORDER_STORIES) await begin(story, null);
  await mall.settle();
  await playAll();
  await end();
  return new Map(await Promise.all(played.map(async (one) => [one.story, await standing(one)] as const)));
}

const nameOf = ({ story, plan, play }: Played): string =>
  plan ? `${story.name}, ${plan.at} ${play.heard[plan.at]?.action ?? ""}: ${plan.fault}` : story.name;

it("ends as if nothing had gone wrong, whatever goes wrong and wherever", async () => {
  const wanted = await undisturbed();
  for (const [{ ends }, found] of wanted) {
    const { keptMinor } = ends;
    expect(found).toMatchObject({ ...ends, problems: [], orderMinor: keptMinor, bookedMinor: keptMinor });
  }
  const plans = played.splice(0).flatMap(plansOf);
  for (const { story, at, fault } of plans) await begin(story, { at, fault });
  await mall.settle();
  await playAll();
  expect(played.filter(({ play }) => !play.struck()).map(nameOf)).toEqual([]);
  await end();
  const faults: string[] = [];
  for (const one of played) {
    const found = JSON.stringify(await standing(one));
    if (found !== JSON.stringify(wanted.get(one.story))) faults.push(`${nameOf(one)}: ${found}`);
  }
  expect(faults).toEqual([]);
  expect(plans.length).toBeGreaterThan(300);
  await mall.balanced();
}, 180_000);

it("leaves no gap in the numbers of a seller's papers, and none twice", () => {
  const issued = rowsOf("invoice").map(({ aggregateId, version }) => `${aggregateId}@${version}`);
  expect(new Set(issued).size).toBe(issued.length);
  const orders = rowsOf("order").flatMap(({ events }) =>
    events.flatMap(({ data }) => (data as { papers?: { kind: string; number: number }[] }).papers ?? []),
  );
  const named = orders.map(({ kind, number }) => `${kind} ${number}`);
  expect(new Set(named).size).toBe(named.length);
  expect(named.length).toBe(issued.length);
});
