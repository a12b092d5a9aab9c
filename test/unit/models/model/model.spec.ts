/** A learnt model's life: the gate, going back, what is kept of many versions, and when it is trained anew. */
import { erased, fold } from "../../../../models/kernel/aggregate";
import { model, type KnownModel, type ModelState } from "../../../../models/model/model.aggregate";
import type { ModelCard } from "../../../../models/model/model.card.contract";
import { VERSIONS_MAX } from "../../../../models/model/model.contract";

const NOW = "2026-05-01T00:00:00.000Z";
const hash = (n: number): string => n.toString(16).padStart(64, "0");
const [A, B, C] = [hash(1), hash(2), hash(3)] as [string, string, string];

const card = (auc: number, more: Partial<ModelCard> = {}): ModelCard => ({
  ...{ data: "a month", rows: 1_000, features: ["amount"], measure: "AUC", metrics: { AUC: auc } },
  ...{ baseline: { AUC: 0.8 }, against: null, seed: 1, libraries: {}, ...more },
});

const any = erased(model);
const decided = (state: ModelState, name: string, params: object, now = NOW) =>
  any.decide[`model.${name}`]?.(state, { id: "fraud", ...params }, now) ?? [];
const after = (state: ModelState, name: string, params: object): KnownModel =>
  fold(any, state, decided(state, name, params)) as KnownModel;
const type = (wanted: string): Error => expect.objectContaining({ type: wanted }) as Error;

const none: ModelState = { status: "absent" };
const registered = (state: ModelState, of: string, made: ModelCard): KnownModel =>
  after(state, "register", { hash: of, card: made });
const promoted = (state: ModelState, of: string): KnownModel => after(state, "promote", { hash: of });
const standings = ({ versions }: KnownModel) => versions.map(({ number, standing }) => `${number} ${standing}`);

const first = promoted(registered(none, A, card(0.85)), A);

it("decides when it beats its baseline, and not when it does not, or is not measured", () => {
  expect(standings(first)).toEqual(["1 champion"]);
  for (const metrics of [{ AUC: 0.8 }, { AUC: 0.7 }, { AUC: Number.NaN }, {}]) {
    const worse = registered(none, A, card(0, { metrics }));
    expect(() => promoted(worse, A)).toThrow(type("MODEL_WORSE"));
  }
  expect(() => promoted(first, C)).toThrow(type("NOT_FOUND"));
});

it("takes the champion's place only where it was better on the same data", () => {
  const against = (auc: number, of = A) => ({ against: { hash: of, metrics: { AUC: auc } } });
  const better = promoted(registered(first, B, card(0.9, against(0.88))), B);
  expect(standings(better)).toEqual(["1 retired", "2 champion"]);
  for (const made of [card(0.9, against(0.9)), card(0.9, against(0.8, C)), card(0.9)]) {
    expect(() => promoted(registered(first, B, made), B)).toThrow(type("MODEL_WORSE"));
  }
  const back = after(better, "rollback", {});
  expect(standings(back)).toEqual(["1 champion", "2 retired"]);
  expect(standings(after(back, "rollback", {}))).toEqual(["1 retired", "2 retired"]);
  expect(() => after(none, "rollback", {})).toThrow(type("MODEL_STATUS"));
});

it("watches as a shadow, one at a time; is declined with a reason; the champion cannot be set aside", () => {
  const two = registered(first, B, card(0.9));
  const three = registered(after(two, "shadow", { hash: B }), C, card(0.9));
  expect(standings(after(three, "shadow", { hash: C }))).toEqual(["1 champion", "2 retired", "3 shadow"]);
  expect(after(three, "decline", { hash: C, why: "worse" }).versions[2]).toMatchObject({
    standing: "declined",
    why: "worse",
  });
  expect(() => after(three, "retire", { hash: A })).toThrow(type("MODEL_STATUS"));
});

it("keeps the newest versions, and those that decide, watch or could be gone back to", () => {
  let state = registered(first, B, card(0.9, { against: { hash: A, metrics: { AUC: 0.1 } } }));
  state = promoted(state, B);
  for (let n = 3; n < 30; n++) state = registered(state, hash(n), card(0.5));
  expect(state.versions).toHaveLength(VERSIONS_MAX);
  expect(state.versions.slice(0, 2).map((one) => one.hash)).toEqual([A, B]);
  expect(state.versions.at(-1)?.number).toBe(29);
});

it("goes back only to what is still there, and then to what the mall ships with", () => {
  const better = (against: string) => card(0.9, { against: { hash: against, metrics: { AUC: 0.1 } } });
  let state = promoted(registered(first, B, better(A)), B);
  state = promoted(registered(state, C, better(B)), C);
  for (let n = 4; n < 30; n++) state = registered(state, hash(n), card(0.5));
  expect(state.before).toEqual([B]);
  const back = after(state, "rollback", {});
  expect(back.versions.find(({ hash: one }) => one === B)?.standing).toBe("champion");
  const shipped = after(back, "rollback", {});
  expect(shipped.versions.some(({ standing }) => standing === "champion")).toBe(false);
});

it("is trained anew when it is due, once at a time, and again when who trained died on the way", () => {
  const due = (state: ModelState) => model.due?.(state) ?? [];
  expect(due(first)).toEqual([{ at: "2026-05-02T00:00:00.000Z", command: "model.guard", params: {} }]);
  const daily = after(none, "schedule", { everyHours: 24 });
  expect(due(daily)).toEqual([{ at: "2026-05-02T00:00:00.000Z", command: "model.retrain", params: {} }]);
  const begun = after(daily, "begin", {});
  expect(due(begun)[0]?.at).toBe("2026-05-01T02:00:00.001Z");
  expect(decided(begun, "begin", {}, "2026-05-01T01:00:00.000Z")).toEqual([]);
  expect(decided(begun, "begin", {}, "2026-05-01T02:00:00.001Z")).toHaveLength(1);
  const skipped = after(begun, "skip", { why: "nothing to learn from" });
  expect(skipped).toMatchObject({ training: null, skipped: { at: NOW, why: "nothing to learn from" } });
  expect(due(skipped)[0]?.at).toBe("2026-05-02T00:00:00.000Z");
});

it("ends a training that came to what is known already, and says so", () => {
  const again = after(after(first, "begin", {}), "register", { hash: A, card: card(0.85) });
  expect(again).toMatchObject({ training: null, skipped: { why: "It learnt what version 1 is already." } });
  expect(standings(again)).toEqual(["1 champion"]);
  expect(decided(first, "register", { hash: A, card: card(0.85) })).toEqual([]);
});
