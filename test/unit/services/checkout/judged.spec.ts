/** No payment is asked for before the judgement that lets it through holds. */
import type { Assessed, AssessPayment } from "../../../../models/fraud/fraud.contract";
import { payingWhenHeld } from "../../../../services/checkout/judged.service";

const risk = { checkoutId: "c", round: 1 } as AssessPayment;
const options = { meta: { principal: { id: "checkout", permissions: ["*"] }, trace: "t", commandId: "x" } };
const terms = { id: "p", strong: false };

function driven(outcome: Assessed["outcome"]) {
  const calls: [action: string, params: object][] = [];
  let hold: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (hold = resolve));
  const caller = payingWhenHeld(
    {
      async call(action, params) {
        calls.push([action, params]);
        if (action === "fraud.assess" && !("early" in params)) await held;
        return { outcome: "early" in params ? "allow" : outcome, decisionId: "d" };
      },
    },
    () => Promise.resolve(risk),
  );
  return { calls, hold, caller };
}

it("waits before the payment is sent, and for nothing else", async () => {
  const { calls, hold, caller } = driven("allow");
  await caller.call("fraud.assess", { ...risk, early: true }, options);
  await caller.call("checkout.advance", { id: "c" }, options);
  const paid = caller.call("payment.authorise", terms, options);
  await Promise.resolve();
  expect(calls.map(([action]) => action)).toEqual(["fraud.assess", "checkout.advance", "fraud.assess"]);
  hold();
  await paid;
  expect(calls.at(-1)).toEqual(["payment.authorise", terms]);
});

it("who goes on in another process asks for what holds, of the checkout as it stands", async () => {
  const { calls, hold, caller } = driven("challenge");
  hold();
  await caller.call("payment.authorise", terms, options);
  expect(calls).toEqual([
    ["fraud.assess", risk],
    ["payment.authorise", { ...terms, strong: true }],
  ]);
});

it("pays nothing that a person has to look at first", async () => {
  const { calls, hold, caller } = driven("review");
  hold();
  await expect(caller.call("payment.authorise", terms, options)).rejects.toMatchObject({ type: "CHECKOUT_BLOCKED" });
  expect(calls).toHaveLength(1);
});
