/** Params of actions for which example-params.ts finds none, or none that leads to a thing of the tests. */
const hash = "a".repeat(64);
const history = { aggregate: "offer", id: "thing-1", from: 1, to: 1, version: 1 };

export const EXAMPLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "history.page": { aggregate: "offer", id: "thing-1" },
  "history.asOf": { aggregate: "offer", id: "thing-1", version: 1 },
  "history.diff": history,
  "history.restore": { aggregate: "offer", id: "thing-1", version: 1 },
  "history.verify": { aggregate: "offer", id: "thing-1" },
  "experiment.create": {
    ...{ name: "Taste", question: "Better?", design: "split", metric: "click" },
    arms: ["a", "b"].map((name) => ({ name, share: 0.5, ranking: {} })),
  },
  "decision.recordPage": { id: "a".repeat(26) },
  "desk.count": { sellerId: "acme", hour: "2026-01-31T09" },
  "desk.note": { sellerId: "acme" },
  "redemption.count": { key: "promotion/p1" },
  "redemption.uncount": { key: "promotion/p1" },
  "redemption.annul": { key: "promotion/p1" },
  "redemption.confirm": { key: "promotion/p1" },
  "redemption.get": { key: "promotion/p1" },
  "account.open": { emailKey: hash },
  "order.refuseRaise": { raiseId: "x1" },
  "order.lapseRaise": { raiseId: "x1" },
  "order.extend": { raiseId: "x1" },
  "order.deliver": { fulfilmentId: "f1" },
  "account.grant": { party: null },
  "account.link": { loginKey: hash },
};
