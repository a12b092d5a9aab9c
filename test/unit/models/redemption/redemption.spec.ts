import { redemption, type RedemptionEvent } from "../../../../models/redemption/redemption.aggregate";
import { OPEN_USES_MAX } from "../../../../models/redemption/redemption.contract";
import { limitsOf } from "../../../../models/redemption/redemption.uses.contract";
import { given, NOW as at } from "../../../support/given";

const key = "coupon/SUMMER";
const counted = (useId: string, when = at): RedemptionEvent => ({
  type: "redemption.counted",
  data: { key, useId, at: when },
});
const history = given(redemption);

describe("a counter of uses", () => {
  it("counts up to its limit, each use once", () => {
    history()
      .when("redemption.count", { key, useId: "c1", usesMax: 2 })
      .then(counted("c1"))
      .andState({ status: "counting", key, used: 1, open: { c1: at } });
    history(counted("c1")).when("redemption.count", { key, useId: "c1", usesMax: 1 }).then();
    history(counted("c1"), counted("c2"))
      .when("redemption.count", { key, useId: "c3", usesMax: 2 })
      .refused("PROMOTION_USED_UP", { key, usesMax: 2 });
  });

  it("gives an open use back, once, and never one that is kept", () => {
    const back: RedemptionEvent = { type: "redemption.uncounted", data: { useId: "c1" } };
    const kept: RedemptionEvent = { type: "redemption.confirmed", data: { useId: "c1" } };
    const use = { key, useId: "c1" };
    history(counted("c1"))
      .when("redemption.uncount", use)
      .then(back)
      .andState({ status: "counting", key, used: 0, open: {} });
    history(counted("c1"), back).when("redemption.uncount", use).then();
    history(counted("c1"))
      .when("redemption.confirm", use)
      .then(kept)
      .andState({ status: "counting", key, used: 1, open: {} });
    history(counted("c1"), kept).when("redemption.uncount", use).then();
    history().when("redemption.uncount", use).then();
  });

  it("keeps that a use will never be counted, whatever there is", () => {
    const use = { key, useId: "c1" };
    const annulled: RedemptionEvent = { type: "redemption.annulled", data: { useId: "c1" } };
    history().when("redemption.annul", use).then(annulled).andState({ status: "absent" });
    history(counted("c2"))
      .when("redemption.annul", use)
      .then(annulled)
      .andState({ status: "counting", key, used: 1, open: { c2: at } });
  });

  it("stays small: so many uses may be open, and after a day one counts as kept", () => {
    const many = Array.from({ length: OPEN_USES_MAX }, (_, i) => counted(`c${i}`));
    history(...many)
      .when("redemption.count", { key, useId: "x", usesMax: 9_999 })
      .refused("PROMOTION_BUSY");
    const tomorrow = "2026-02-01T12:00:00.001Z";
    history(...many)
      .when("redemption.count", { key, useId: "x", usesMax: 9_999 }, tomorrow)
      .then(counted("x", tomorrow))
      .andState({ status: "counting", key, used: OPEN_USES_MAX + 1, open: { x: tomorrow } });
  });
});

it("counts in all and per customer, whatever is limited", () => {
  const limits = { usesMax: 10, usesPerCustomerMax: 1 };
  expect(limitsOf("promotion/p1", limits, "mia")).toEqual([
    { key: "promotion/p1", usesMax: 10 },
    { key: "promotion/p1/mia", usesMax: 1 },
  ]);
  expect(limitsOf("promotion/p1", limits, null)).toEqual([{ key: "promotion/p1", usesMax: 10 }]);
  expect(limitsOf("promotion/p1", { usesMax: null, usesPerCustomerMax: null }, "mia")).toEqual([]);
});
