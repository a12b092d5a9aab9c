/** Searches in experiments: who takes part, what is counted of them, and pages in which two rankings take turns. */
import { createPepper } from "../../../../services/kernel/pepper";
import { countedBy } from "../../../../services/visitor/counting.service";
import { triedOf } from "../../../../services/visitor/events.service";
import {
  exposureIn,
  keyIn,
  newQueryId,
  placeIn,
  queryKeyOf,
  type Exposure,
} from "../../../../services/visitor/query-id.service";
import { scoreUnder, takingTurns, trialFor, type Trialling } from "../../../../services/visitor/trial.service";
import type { ExperimentContent } from "../../../../models/experiment/experiment.content.contract";
import type { ExperimentView } from "../../../../models/experiment/experiment.contract";
import type { ProductHit } from "../../../../models/product/product.search.contract";
import type { VisitorEvent } from "../../../../models/visitor/visitor.events.contract";
import type { Ranked } from "../../../../models/visitor/visitor.ranking.contract";

const pepper = createPepper("a secret of the tests, long enough to sign");
const arm = (name: string, share: number, ranking = {}) => ({ name, share, ranking });
const experiment = (id: string, more: Partial<ExperimentContent> = {}): ExperimentView => ({
  ...{ id, version: 1, status: "running", from: null, until: null, startedAt: "", stoppedAt: null, winner: null },
  content: {
    ...{ name: id, question: "?", design: "split", metric: "click" },
    arms: [arm("as-ever", 0.5), arm("plain", 0.5, { personal: false })],
    ...more,
  },
});
const visitors = Array.from({ length: 400 }, (_none, n) => `visitor-${n}`);

describe("who searches", () => {
  it("sees always the same arm, by the share, in the place alone where it is held", () => {
    const running = [experiment("e", { channel: "web", section: "outlet" })];
    const here = { channel: "web", section: "outlet" };
    const seen = visitors.map((unit) => trialFor(running, here, unit));
    expect(visitors.map((unit) => trialFor(running, here, unit))).toEqual(seen);
    const plain = seen.filter((trial) => trial?.ranking.personal === false);
    expect(plain.length).toBeGreaterThan(150);
    expect(plain.length).toBeLessThan(250);
    expect(plain.every((trial) => trial?.arm === 1)).toBe(true);
    for (const elsewhere of [{}, { channel: "web" }, { channel: "app", section: "outlet" }]) {
      expect(trialFor(running, elsewhere, "visitor-1")).toBeNull();
    }
    expect(trialFor([], here, "visitor-1")).toBeNull();
  });

  it("stays with the oldest experiment, and one that begins later gets those who are left", () => {
    const older = experiment("older", { arms: [arm("a", 0.25), arm("b", 0.25)] });
    const [alone, both] = [[older], [older, experiment("newer")]].map((running) =>
      visitors.map((unit) => trialFor(running, {}, unit)),
    );
    expect(both?.map((trial) => (trial?.experiment === "older" ? trial : null))).toEqual(alone);
    expect(both?.every((trial) => trial !== null)).toBe(true);
  });
});

describe("the id of a search", () => {
  const exposure: Exposure = { experiment: "e-1", arm: 1, results: 12, tookMs: 34, teams: "abba" };

  it("carries how it took part, and is signed with it", () => {
    const id = newQueryId(pepper, "lamp", { exposure });
    expect([exposureIn(pepper, id), keyIn(pepper, id)]).toEqual([exposure, queryKeyOf(pepper, "lamp")]);
    const forged = id.replace("e-1_1_12", "e-1_0_12");
    expect([exposureIn(pepper, forged), keyIn(pepper, forged)]).toEqual([null, null]);
    expect(exposureIn(pepper, newQueryId(pepper, "lamp"))).toBeNull();
    const teams = "a".repeat(100);
    const longest = { experiment: "e".repeat(64), arm: 7, results: Number.MAX_SAFE_INTEGER, tookMs: 600_000, teams };
    expect(exposureIn(pepper, newQueryId(pepper, "lamp", { exposure: longest }))).toEqual(longest);
    const place = { channel: "c".repeat(26), section: "s".repeat(50) };
    const whole = newQueryId(pepper, "lamp", { exposure: longest, place });
    expect([exposureIn(pepper, whole), placeIn(pepper, whole)]).toEqual([longest, place]);
    expect(whole.length).toBeLessThanOrEqual(400);
  });

  const event = (action_name: VisitorEvent["action_name"], more: object = {}): VisitorEvent => ({
    ...{ event_id: `event-${action_name}`, action_name, query_id: newQueryId(pepper, "lamp", { exposure }) },
    ...more,
  });
  const by = (who: string, personal = true) => countedBy(pepper, who, "2026-01-01T00:00:00.000Z", personal);

  it("makes a fact of what the visitor did, under a name of the experiment alone", () => {
    const click = event("click", { event_attributes: { object: { object_id: "p" }, position: { ordinal: 1 } } });
    const [fact] = triedOf(click, by("ann"));
    expect(fact).toMatchObject({ kind: "click", trial: { experiment: "e-1", arm: 1, team: "b" } });
    expect(fact).not.toHaveProperty("queryKey");
    expect(fact?.trial?.unit).not.toContain("ann");
    expect(triedOf(event("search"), by("ann"))[0]?.trial).toMatchObject({ results: 12, tookMs: 34 });
    const unitOf = (who: string) => triedOf(event("view"), by(who))[0]?.trial?.unit;
    expect([unitOf("ann") === unitOf("ann"), unitOf("ann") === unitOf("ben")]).toEqual([true, false]);
  });

  it("makes none of who does not want it, nor of a search that took no part", () => {
    expect(triedOf(event("click"), by("ann", false))).toEqual([]);
    expect(triedOf(event("impression"), by("ann"))).toEqual([]);
    expect(triedOf(event("click", { query_id: newQueryId(pepper, "lamp") }), by("ann"))).toEqual([]);
  });

  it("is one exposure, however often the search is told of", () => {
    const search = event("search");
    const ids = ["one-event", "another-one"].map((event_id) => triedOf({ ...search, event_id }, by("ann"))[0]?._id);
    expect(ids[0]).toBe(ids[1]);
  });
});

describe("a page in turns", () => {
  const likes = { kind: "brand", value: "Lumen", weight: 1, products: 2 } as const;
  const ranked = (productId: string, position: number, title: number, liked: boolean): Ranked => ({
    ...{ productId, position, score: title + (liked ? 1 : 0) },
    observed: [
      { name: "title", of: "text", value: title },
      { name: "clicks", of: "text", value: 0.5 },
    ],
    weighed: [{ liking: likes, fits: liked }],
  });
  const all = [ranked("liked", 0, 4.5, true), ranked("b", 1, 5, false), ranked("c", 2, 4, false)];
  const items = all.map(({ productId: id }) => ({ id }) as ProductHit);
  const trial: Trialling = {
    ...{ experiment: "e", arm: 0, ranking: {} },
    pair: [{}, { personal: false }],
  };

  it("scores as each ranking would have", () => {
    const [liked] = all as [Ranked];
    expect(scoreUnder({}, liked)).toBe(6);
    expect(scoreUnder({ personal: false }, liked)).toBe(5);
    expect(scoreUnder({ clicks: false, personal: false }, liked)).toBe(4.5);
    expect(scoreUnder({ weights: { title: 2 } }, liked)).toBe(10.5);
  });

  it("holds each product once, says whose it is, and is the same for the same search", () => {
    const page = takingTurns({ items, ranked: all }, trial, "e lamp");
    expect(page.items.map(({ id }) => id).sort()).toEqual(["b", "c", "liked"]);
    expect(page.ranked.map(({ productId, position }) => [productId, position])).toEqual(
      page.items.map(({ id }, at) => [id, at]),
    );
    expect(page.teams).toHaveLength(3);
    expect(takingTurns({ items, ranked: all }, trial, "e lamp")).toEqual(page);
    const firsts = visitors.map((seed) => takingTurns({ items, ranked: all }, trial, seed).items[0]?.id);
    const own = firsts.filter((id) => id === "liked").length;
    expect([own > 150, own < 250, new Set(firsts).size]).toEqual([true, true, 2]);
  });

  it("is as the engine gave it where nothing takes turns", () => {
    const page = takingTurns({ items, ranked: all }, { ...trial, pair: null }, "e lamp");
    expect(page).toEqual({ items, ranked: all, teams: "" });
  });
});
