/** Whether a visit ends in a purchase: what a visit is, what is known of it, what is made of that. */
import fc from "fast-check";
import { pastVisits } from "../../../../ml/intent/learn.service";
import { run, type Learnt } from "../../../../ml/intent/learning";
import { FIRST_VISITS, scoreOfVisit, takenAgain, takenOfVisit } from "../../../../ml/intent/visits";
import { chance } from "../../../../ml/kernel/random";
import type { DecisionFact } from "../../../../models/decision/decision.data.contract";
import {
  boughtIn,
  VISIT_FEATURES,
  visitFeatures,
  visitIn,
  type VisitFeature,
} from "../../../../models/intent/intent.visit.contract";
import type { RecentEvent, RecentKind } from "../../../../models/visitor/visitor.contract";

const NOW = Date.parse("2026-03-04T12:00:00.000Z");
const did = (minutesAgo: number, kind: RecentKind, productId?: string): RecentEvent => ({
  ...{ id: `e-${minutesAgo}-${kind}`, kind, at: new Date(NOW - minutesAgo * 60_000).toISOString() },
  ...(productId !== undefined && { productId }),
});
const at = (row: Float32Array, name: VisitFeature): number => row[VISIT_FEATURES.indexOf(name)] as number;

describe("a visit", () => {
  it("is what was done without half an hour between, and what was merely shown is none of it", () => {
    const recent = [did(1, "view", "a"), did(2, "impression", "x"), did(25, "search"), did(56, "view", "old")];
    expect(visitIn(recent, NOW)).toMatchObject({ events: [recent[0], recent[2]], before: [recent[3]] });
    expect(visitIn([did(31, "view", "a")], NOW)).toBeNull();
    expect(visitIn([], NOW)).toBeNull();
  });

  it("keeps its name while it goes on, and a purchase ends it", () => {
    const begun = [did(10, "view", "a")];
    const later = [did(2, "cart", "a"), ...begun];
    const { id } = visitIn(begun, NOW - 9 * 60_000) ?? {};
    expect(id).toBeDefined();
    expect(visitIn(later, NOW)?.id).toBe(id);
    const bought = did(1, "purchase", "a");
    expect(boughtIn([bought, ...later], new Set([bought.id]))).toEqual([id]);
    expect(visitIn([did(0, "view", "b"), bought, ...later], NOW)).toMatchObject({ events: [{ productId: "b" }] });
  });

  it("is known by what was looked at, how often, and for how long", () => {
    const recent = [did(2, "cart", "a"), did(4, "view", "a"), did(6, "view", "b"), did(8, "view", "a")];
    const visit = visitIn([...recent, did(600, "purchase", "z")], NOW);
    const row = visitFeatures(visit as NonNullable<typeof visit>, NOW);
    const named = (
      ["product_pages", "products", "looked_again", "put_in_cart", "minutes", "idle_minutes"] as const
    ).map((name) => at(row, name));
    expect(named).toEqual([3, 2, 2, 1, 8, 2]);
    expect([at(row, "bought_before"), at(row, "returning"), at(row, "hour_of_day")]).toEqual([1, 1, 12]);
  });
});

describe("what ships", () => {
  const judged = (...recent: RecentEvent[]): string | undefined => {
    const visit = visitIn(recent, NOW);
    return visit === null ? undefined : takenOfVisit(FIRST_VISITS, visitFeatures(visit, NOW)).verdict;
  };

  it("takes who only looks for looking, and who went to the checkout with a cart for buying", () => {
    expect(judged(did(1, "view", "a"), did(2, "search"))).toBe("looking");
    expect(judged(did(1, "cart", "a"), did(2, "view", "a"))).toBe("looking");
    expect(judged(did(0, "checkout"), did(1, "cart", "b"), did(2, "cart", "a"), did(3, "view", "a"))).toBe("buying");
  });

  it("says its parts, which sum to the score, and comes out the same of what was kept, bit by bit", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 13, maxLength: 13 }),
        (values) => {
          const row = Float32Array.from(values);
          const taken = takenOfVisit(FIRST_VISITS, row);
          const sum = taken.contributions.reduce((all, { value }) => all + value, taken.residual);
          expect(sum).toBeCloseTo(taken.score, 9);
          expect(takenAgain(FIRST_VISITS, JSON.parse(JSON.stringify(taken)) as typeof taken)).toEqual(taken);
          expect(taken.reasons?.every(({ text }) => Object.keys(text).sort().join() === "ar,de,en,ko")).toBe(true);
        },
      ),
    );
  });
});

describe("learning", () => {
  /** In this mall, who looks at one thing again and again buys, whatever lies in the cart. */
  function market(count: number) {
    const random = chance(3);
    return Array.from({ length: count }, () => {
      const row = Float32Array.from(VISIT_FEATURES, () => Math.floor(random.next() * 6));
      return { row, bought: at(row, "looked_again") + random.next() * 2 > 4 };
    });
  }

  it("finds what this mall's visitors buy by, beats what ships, and is the same each time", async () => {
    const order = { visits: market(400), seed: 1 };
    const learnt = (await run(order)) as Exclude<Learnt, { skipped: string }>;
    expect(learnt.metrics["AUC"]).toBeGreaterThan(0.9);
    expect(learnt.metrics["AUC"]).toBeGreaterThan((learnt.baseline["AUC"] ?? 1) + 0.2);
    expect(JSON.stringify(await run(order))).toBe(JSON.stringify(learnt));
    const { row } = order.visits[0] ?? { row: new Float32Array() };
    const { contributions, residual, score } = takenOfVisit(learnt.model, row);
    expect(contributions.reduce((sum, { value }) => sum + value, residual)).toBeCloseTo(
      scoreOfVisit(learnt.model, row),
      9,
    );
    expect(score).toBe(scoreOfVisit(learnt.model, row));
  });

  it("says why where there is too little", async () => {
    expect(await run({ visits: market(60), seed: 1 })).toEqual({
      skipped: expect.stringContaining("visits of the rarer kind") as string,
    });
  });

  it("takes a visit for left only when a day has passed, and forgets who was erased", () => {
    const now = "2026-03-04T12:00:00.000Z";
    const taken = takenOfVisit(
      FIRST_VISITS,
      Float32Array.from(VISIT_FEATURES, () => 1),
    );
    const fact = (id: string, when: string, more: Partial<DecisionFact> = {}): DecisionFact => ({
      ...{ _id: `${when}/${id}`, id, at: when, kind: "intent", model: { name: "intent", version: 0, hash: "h" } },
      ...{ subject: null, aboutType: "visit", aboutId: "v", taken, ...more },
    });
    const facts = [
      fact("today", "2026-03-04T11:00:00.000Z"),
      fact("bought", "2026-03-04T10:00:00.000Z"),
      fact("erased", "2026-03-02T10:00:00.000Z", { taken: null }),
      fact("left", "2026-03-01T10:00:00.000Z"),
    ];
    expect(pastVisits(facts, new Set(["bought"]), now).map(({ bought }) => bought)).toEqual([false, true]);
  });
});
