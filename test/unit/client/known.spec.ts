import { knownOf } from "../../../client/known";
import { liveAskSchemas } from "../../../models/live/live.ask.contract";

const held = { stream: "a", number: 7, since: "2026-01-01T00:00:00.000Z", cells: { "EUR|1": { orders: 1 } } };

test("what a page has already is asked for in the form that the mall takes", () => {
  const known = knownOf({ sales: held });
  const ask = { board: "seller", id: "acme", known };
  expect(liveAskSchemas.watch.validate(ask, { convert: false }).error).toBeUndefined();
  expect(known.sales).toEqual({ stream: "a", number: 7, since: "2026-01-01T00:00:00.000Z" });
});
