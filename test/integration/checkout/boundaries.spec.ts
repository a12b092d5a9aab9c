/**
 * A fault at every boundary of buying: each customer's story is heard once, and played again for each call that
 * it makes and each thing that can go wrong there. All purchases are made in one mall at once, and judged together.
 */
import { checkoutSaga, type BegunCheckout } from "../../../models/checkout/checkout.aggregate";
import { rowId } from "../../../models/kernel/row";
import { stepNamed } from "../../../models/kernel/saga";
import { CALL_FAULTS, type CallFault } from "../../support/call-faults";
import type { Asked } from "../../support/memory-node";
import { isChange, openStories, STORIES, type Purchase, type Stories, type Story } from "./stories";
import { verdictOf } from "./verdict";

const AT_ONCE = 25;
const HOUR_MS = 3_600_000;
const STANDSTILL: CallFault = "the process dies before it is sent, and for an hour nobody comes";

let stories: Stories;
beforeAll(async () => {
  stories = await openStories();
});
afterAll(() => stories.market.node.stop());

/** The checkout as it stood when it asked for this. */
function askedBy({ meta: { causedBy = "" } }: Asked): BegunCheckout | null {
  const [, id, version] = /^checkout\/(.+)@(\d+)$/.exec(causedBy) ?? [];
  if (id === undefined) return null;
  const row = stories.market.node.histories.get("checkout")?.rows.get(rowId(id, Number(version)));
  return row ? (row.state as BegunCheckout) : null;
}

/** What the saga's own definition takes a refusal of for a reason to fail, or to ask again. */
function mayRefuse(asked: Asked): boolean {
  const state = askedBy(asked);
  if (state === null || asked.action.startsWith("checkout.") || state.status === "undoing") return false;
  const { verdict } = stepNamed(checkoutSaga, state.saga.step ?? "");
  const refused = { refused: { type: "REFUSED_HERE", detail: "It is refused." } };
  const said = verdict?.([refused], state, { id: "any", round: 1 });
  return said === undefined || "fail" in said || "retry" in said;
}

const faultsAt = (story: Story, asked: Asked): CallFault[] =>
  CALL_FAULTS.filter((fault) => {
    if (fault === "it is refused") return mayRefuse(asked);
    if (fault === STANDSTILL) return story === STORIES[0] && isChange(asked);
    if (fault === "its answer is lost") return askedBy(asked) !== null;
    return isChange(asked);
  });

interface Part {
  readonly story: Story;
  readonly at: number;
  readonly fault: CallFault;
}

/** What is new in a story, with everything that can go wrong there. */
function partsOf({ story, play: { heard } }: Purchase): Part[] {
  const from = heard.findIndex(({ action }) => story.from === undefined || action === story.from);
  return heard.flatMap((asked, at) => (at < from ? [] : faultsAt(story, asked).map((fault) => ({ story, at, fault }))));
}

async function playAll(parts: readonly Part[]): Promise<void> {
  const left = [...parts];
  const worker = async (): Promise<void> => {
    for (let part = left.shift(); part; part = left.shift()) await stories.buy(part.story, part);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

it("ends with orders that are paid and booked, or with nothing held, whatever goes wrong and wherever", async () => {
  const heard: Purchase[] = [];
  for (const story of STORIES) heard.push(await stories.buy(story, null));
  const steps = heard.flatMap(({ play }) => play.heard.map((asked) => askedBy(asked)?.saga.step));
  const judging = heard.flatMap(({ play }) =>
    play.heard.filter(({ action }) => action === "fraud.assess").map(askedBy),
  );
  // on the way from the step before; and by itself, for whom the mall does not let through
  expect(new Set(judging.map((state) => state?.saga.step))).toEqual(new Set(["redeem", "assess", "authorise"]));
  // what only asks is asked on the way from the step before, unless it is answered otherwise
  const taken = checkoutSaga.steps.filter(({ asks }) => asks !== true).map(({ name }) => name);
  expect(new Set(steps)).toEqual(new Set([...taken, undefined]));
  const parts = heard.flatMap(partsOf);
  expect(new Set(parts.map(({ fault }) => fault)).size).toBe(CALL_FAULTS.length);
  await playAll(parts.filter(({ fault }) => fault !== STANDSTILL));
  await stories.later(0);
  await playAll(parts.filter(({ fault }) => fault === STANDSTILL));
  // those who never came back are given up by now
  await stories.later(HOUR_MS);
  await Promise.all(stories.purchases.map(({ play }) => play.arrive()));
  await stories.later(0);
  const { ended, faults } = verdictOf(stories);
  expect(faults).toEqual([]);
  const missed = stories.purchases.filter(({ plan, play }) => plan !== null && !play.struck());
  expect(missed.map(({ story, plan }) => `${story.name} ${JSON.stringify(plan)}`)).toEqual([]);
  expect(parts.length).toBeGreaterThan(600);
  expect(new Set(ended)).toEqual(new Set(["absent", "done", "failed"]));
}, 180_000);

it("keeps books that come to nothing, and stocks that have promised what orders were promised", async () => {
  const { market, purchases } = stories;
  const { ended } = verdictOf(stories);
  const places = [market.offers.lamp, market.offers.rug].map((offerId) =>
    market.do<{ reserved: number }>("stock.get", { offerId, location: "berlin" }),
  );
  const reserved = (await Promise.all(places)).reduce((sum, one) => sum + one.reserved, 0);
  expect(reserved).toBe(3 * ended.filter((status) => status === "done").length);
  expect(purchases.length).toBe(ended.length);
});
