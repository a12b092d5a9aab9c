/** Experiments on ranking over HTTP: who takes part, what each arm shows, what the facts say of it. */
import { randomUUID } from "node:crypto";
import type { Taken } from "../../../models/decision/decision.data.contract";
import { TEXT_WEIGHTS } from "../../../indexers/product/products.weights.query";
import { assigned } from "../../../models/experiment/experiment.assignment.contract";
import type { Counted } from "../../../services/visitor/events.service";
import { visitorSubject } from "../../../services/visitor/subject.service";
import { eventually } from "../../support/eventually";
import { openShop, type Shop } from "../catalogue/shop";
import { arm, armIn, begun, ended, exposedIn, reported, type Hits } from "./trials";
import { lampsIn, viewed } from "./visits";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await lampsIn(shop);
});
afterAll(() => shop.stop());

const post = (path: string, body: object) => shop.ask("POST", path, { body, permissions: null });
const rows = (collection: string) => shop.node.store.connection.collection(collection);

describe("an experiment", () => {
  const search = async (visitorId: string | null, query = "q=lamp"): Promise<Hits> => {
    const headers: Record<string, string> = visitorId === null ? {} : { "stoa-visitor": visitorId };
    return (await shop.ask("GET", `/v1/products?${query}`, { permissions: null, headers })).body as never;
  };
  const tell = (visitorId: string, queryId: string, kinds: readonly string[], more: object = {}) =>
    post("/v1/events", {
      ...{ visitorId, consent: true, ...more },
      events: kinds.map((action_name) => ({ ...viewed("p-1"), action_name, query_id: queryId })),
    });

  it("ranks by the arm, sticks to it, and reports what the facts say, of those alone who let it be known", async () => {
    const arms = [arm("as-ever", {}), arm("titles", { weights: { title: 2 } })];
    const id = await begun(shop, { arms });
    const armOf = (visitorId: string) => assigned(id, arms, visitorSubject(visitorId).who);
    const some = Array.from({ length: 100 }, () => randomUUID());
    const visitors = [0, 1].flatMap((of) => some.filter((one) => armOf(one) === of).slice(0, 4));
    for (const [n, visitorId] of visitors.entries()) {
      const hits = await search(visitorId, "q=lamp&explain=true");
      expect([armIn(hits), armIn(await search(visitorId, "q=floor%20lamp"))]).toEqual(Array(2).fill(armOf(visitorId)));
      const title = hits.items[0]?.parts?.find(({ part }) => part === "title");
      expect(title?.score).toBe(TEXT_WEIGHTS.title * (1 + armIn(hits)));
      await tell(visitorId, hits.queryId, n % 3 === 0 ? ["search", "click", "click"] : ["search", "search"]);
    }
    const [careful, silent] = [randomUUID(), randomUUID()];
    const quiet = await search(silent);
    await tell(silent, quiet.queryId, ["search", "click"], { consent: false });
    await post("/v1/visitors/choice", { visitorId: careful, personal: false });
    const plain = [await search(careful), await search(null), await search(silent, "q=lamp&personal=false")];
    expect(plain.map(exposedIn)).toEqual([undefined, undefined, undefined]);
    const facts = (await rows("visitor.counted").find({ "trial.experiment": id }).toArray()) as unknown as Counted[];
    const units = (at: number, of: string) =>
      new Set(facts.flatMap(({ kind, trial }) => (kind === of && trial?.arm === at ? [trial.unit] : []))).size;
    const wanted = arms.map(({ name }, at) => {
      const [participants, successes] = [units(at, "search"), units(at, "click")];
      return { arm: name, participants, searches: participants, successes };
    });
    expect(wanted).toMatchObject([
      { participants: 4, successes: 2 },
      { participants: 4, successes: 1 },
    ]);
    const told = await eventually("all are in the report", async () => {
      const report = await reported(shop, id);
      return report.arms.every(({ participants }) => participants >= 4) && report;
    });
    expect(told.arms).toMatchObject(wanted);
    await ended(shop, id);
    expect(exposedIn(await search(visitors[0] ?? null))).toBeUndefined();
  });

  it("in one list puts two rankings in turns, with each product once, and keeps whose it was", async () => {
    const plain = await search(null, "q=lamp&limit=6");
    const arms = [arm("as-ever", {}), arm("by-brand", { weights: { title: 0, brand: 3 } })];
    const id = await begun(shop, { design: "interleaved", arms });
    const visitorId = randomUUID();
    const hits = await search(visitorId, "q=lamp&limit=6");
    expect(hits.items.map((hit) => hit.id).sort()).toEqual(plain.items.map((hit) => hit.id).sort());
    expect(exposedIn(hits)).toMatch(new RegExp(`^${id}_0_\\d+_\\d+_[ab]{6}$`));
    expect(hits.items.every(({ parts }) => parts === undefined)).toBe(true);
    const kept = await eventually("it is kept whose it was", async () => {
      const { status, body } = await shop.ask("GET", `/v1/decisions/${String(hits.items[0]?.decisionId)}`);
      return status === 200 && (body as { taken: Taken });
    });
    const team = exposedIn(hits)?.split("_")[4]?.[0];
    expect(kept.taken.features).toMatchObject({ "trial.experiment": id, "trial.arm": 0, "trial.team": team });
    await tell(visitorId, hits.queryId, ["search", "click"]);
    await eventually("the click counts for whose it was", async () => {
      const { preference } = await reported(shop, id);
      return preference?.[team === "a" ? "control" : "other"] === 1;
    });
    await ended(shop, id);
  });
});
