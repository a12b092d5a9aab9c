/**
 * A fault at every boundary of what is done with an order: each story is heard once, and played again for each call
 * that it makes and each thing that can go wrong there. Who gets no answer asks again. In the end everything is as if
 * nothing had gone wrong.
 */
import { inParallel } from "../../../bin/client/in-parallel";
import { contracts } from "../../../models/contracts";
import { isRefusal } from "../../../models/kernel/refusal";
import { supplementSaga } from "../../../models/supplement/supplement.aggregate";
import { CALL_FAULTS, createCallPlay, type CallFault, type CallPlan, type CallPlay } from "../../support/call-faults";
import type { Asked } from "../../support/memory-node";
import { openPurchases, type Bought, type Purchases } from "./purchase";
import { rowsOf, standings, type Standing } from "./standing";
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
  await mall.call("tax.set", { country: "DE", name: { en: "VAT" }, standardBp: 1_900 });
});
afterAll(() => mall.mall.stop());

const ATTEMPTS = 3;
/** Who is not answered waits and asks again: others go on meanwhile. */
const AT_ONCE = 25;

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

async function begin(story: Story, plan: CallPlan | null): Promise<void> {
  const one = { story, plan, play: createCallPlay(counts, plan), bought: await mall.placed(3, story.capture) };
  const name = `play${played.length}`;
  played.push({ ...one, name });
}

/** What becomes of it when nobody disturbs it any more. */
async function end(): Promise<void> {
  plays.clear();
  await mall.settle();
  await inParallel(played, AT_ONCE, async (one) => {
    const { problems } = await mall.orderOf(one.bought.id);
    if (problems.length > 0) await mall.call("order.retry", { id: one.bought.id });
    await act(one);
  });
  await mall.settle();
  await Promise.all(played.map(({ play }) => play.arrive()));
  await mall.settle();
}

/** A task is refused by whom the order asks, a saga's step by whom that asks; what they record of themselves is not. */
function mayRefuse({ action, meta: { principal } }: Asked): boolean {
  if (principal.id === supplementSaga.name) return !action.startsWith("supplement.");
  return principal.id === "orders" && action !== "order.finish";
}

const fits =
  (asked: Asked) =>
  (fault: CallFault): boolean =>
    !OF_WHO_GOES_AWAY.includes(fault) && (fault !== "it is refused" || mayRefuse(asked));

/** What is new in a story, with everything that can go wrong there. */
function plansOf({ story, play: { heard } }: Played): (CallPlan & { readonly story: Story })[] {
  const from = heard.findIndex(({ action }) => story.from === undefined || action === story.from);
  const news = heard.slice(from).map((asked, n) => ({ asked, at: from + n }));
  return news.flatMap(({ asked, at }) => CALL_FAULTS.filter(fits(asked)).map((fault) => ({ story, at, fault })));
}

async function playAll(): Promise<void> {
  await inParallel(played, AT_ONCE, (one) => {
    plays.set(one.name, one.play);
    return act(one);
  });
}

/** As what a story ends in which this went wrong. */
function endOf({ story, plan, play }: Played): Story {
  const struck = plan?.fault === "it is refused" ? play.heard[plan.at] : undefined;
  if (story.orElse === undefined || struck?.meta.principal.id !== supplementSaga.name) return story;
  return ORDER_STORIES.find(({ name }) => name === story.orElse) ?? story;
}

const boughtBy = (some: readonly Played[]): Bought[] => some.map(({ bought }) => bought);

/** Each story without a fault, and how it then stands. */
async function undisturbed(): Promise<ReadonlyMap<Story, Standing>> {
  for (const story of ORDER_STORIES) await begin(story, null);
  await mall.settle();
  await playAll();
  await end();
  const found = await standings(mall, boughtBy(played));
  return new Map(played.map(({ story }, n) => [story, found[n] as Standing]));
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
  await inParallel(plans, AT_ONCE, ({ story, at, fault }) => begin(story, { at, fault }));
  await mall.settle();
  await playAll();
  expect(played.filter(({ play }) => !play.struck()).map(nameOf)).toEqual([]);
  await end();
  const faults: string[] = [];
  const found = await standings(mall, boughtBy(played));
  for (const [n, one] of played.entries()) {
    const text = JSON.stringify(found[n]);
    if (text !== JSON.stringify(wanted.get(endOf(one)))) faults.push(`${nameOf(one)}: ${text}`);
  }
  expect(faults).toEqual([]);
  expect(plans.length).toBeGreaterThan(300);
  await mall.balanced();
}, 180_000);

it("leaves no gap in the numbers of a seller's papers, and none twice", () => {
  const issued = rowsOf(mall.mall, "invoice").map(({ aggregateId, version }) => `${aggregateId}@${version}`);
  expect(new Set(issued).size).toBe(issued.length);
  const orders = rowsOf(mall.mall, "order").flatMap(({ events }) =>
    events.flatMap(({ data }) => (data as { papers?: { kind: string; number: number }[] }).papers ?? []),
  );
  const named = orders.map(({ kind, number }) => `${kind} ${number}`);
  expect(new Set(named).size).toBe(named.length);
  expect(named.length).toBe(issued.length);
});
