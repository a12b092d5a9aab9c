import { checkout } from "../../../../models/checkout/checkout.aggregate";
import { errand, type ErrandEvent, type KeptErrand } from "../../../../models/errand/errand.aggregate";
import type { OpenErrand } from "../../../../models/errand/errand.contract";
import { given, NOW } from "../../../support/given";

const history = given(errand);
const id = "payment-1";
const one: OpenErrand = {
  ...{ id, kind: "refund", cause: "o1", customerId: null, type: "declined", detail: "No.", amountMinor: 300 },
  currency: "EUR",
};
const opened: ErrandEvent = { type: "errand.opened", data: { ...one, at: NOW } };
const closed: ErrandEvent = { type: "errand.closed", data: { note: "done", at: NOW } };
const kept: KeptErrand = { ...one, status: "open", openedAt: NOW, closedAt: null, note: null, causes: ["o1"] };

it("is opened once for each cause, and again after it was done", () => {
  history().when("errand.open", one).then(opened).andState(kept);
  history(opened).when("errand.open", one).then();
  history(opened, closed).when("errand.open", one).then();
  const other = { ...one, cause: "o2", amountMinor: 200 };
  const more: ErrandEvent = { type: "errand.opened", data: { ...other, at: NOW } };
  history(opened)
    .when("errand.open", other)
    .then(more)
    .andState({ ...kept, cause: "o2", amountMinor: 500, causes: ["o1", "o2"] });
  history(opened, closed)
    .when("errand.open", other)
    .then(more)
    .andState({ ...kept, cause: "o2", amountMinor: 200, causes: ["o1", "o2"] });
});

it("is closed once, by who says what was done", () => {
  history(opened)
    .when("errand.close", { id, note: "done" })
    .then(closed)
    .andState({ ...kept, status: "closed", note: "done", closedAt: NOW });
  history(opened, closed).when("errand.close", { id, note: "done" }).refused("ERRAND_CLOSED");
  history().when("errand.close", { id, note: "done" }).refused("NOT_FOUND");
});

it("is what a checkout leaves that was bought, and could not be recorded for a day", () => {
  const saga = { step: null, round: 1, failure: null, back: null, startedAt: NOW, movedAt: NOW, until: null };
  const state = { status: "done", saga, customerId: "mia", totalMinor: 990, currency: "EUR" };
  expect(checkout.due?.(state)).toEqual([]);
  const unfinished = { type: "ORDER_CAPTURE", detail: "An order is captured once." };
  const params = { ...unfinished, kind: "checkout", cause: "unfinished", customerId: "mia", amountMinor: 990 };
  expect(checkout.due?.({ ...state, unfinished })).toEqual([
    { at: NOW, command: "errand.open", params: { ...params, currency: "EUR" } },
  ]);
});
