import { assessment } from "../../../../models/assessment/assessment.aggregate";
import { assessmentModel } from "../../../../models/assessment/assessment.model";
import { upcast } from "../../../../models/kernel/model";
import { rowAfter } from "../../../support/rows";

const opened = {
  ...{ decisionId: "d", customerId: "c", amountMinor: 900, currency: "EUR", probability: 0.6 },
  ...{ releaseAloneMaxMinor: 1_000, at: "2026-01-01T00:00:00.000Z" },
};

it("reads what was told in English alone as a text in one language, in the event and in the state", () => {
  const reasons = ["The amount is odd.", "So is the place."];
  const state = { ...opened, reasons, status: "waiting" };
  const events = [{ type: "assessment.opened", data: { ...opened, reasons } }];
  const old = rowAfter(null, { id: "a", state, events });
  const texts = reasons.map((en) => ({ en }));
  const read = upcast(assessmentModel, assessment.schema, old);
  expect(read).toMatchObject({ schema: 2, state: { reasons: texts }, events: [{ data: { reasons: texts } }] });
  expect(old.state).toMatchObject({ reasons });
});

it("leaves alone what says no reasons", () => {
  const events = [{ type: "assessment.decided", data: { status: "lapsed", note: null, at: opened.at } }];
  const old = rowAfter(null, { id: "a", state: { status: "absent" }, events });
  expect(upcast(assessmentModel, assessment.schema, old)).toMatchObject({ state: { status: "absent" }, events });
});
