/**
 * No payment is asked for by a judgement that is not durable. Whoever drives a checkout is told early that it is let
 * through, and the judgement is written while the checkout's own step is; before the payment is sent, it is asked for
 * once more, as it holds. In a process that was not there when it was told, it is read, or made anew.
 */
import type { Calls } from "../../models/contracts";
import type { Assessed, AssessPayment } from "../../models/fraud/fraud.contract";
import type { PaymentCalls } from "../../models/payment/payment.contract";
import { refuse } from "../../models/refusals";
import { typed, type Caller, type CallMeta } from "../kernel/call";

type Authorise = PaymentCalls["payment.authorise"]["params"];

/** What holds may be more than what was told, where a process died in between: nothing is paid by less. */
function asHeld(params: Authorise, { outcome, decisionId }: Assessed): Authorise {
  if (outcome === "review") {
    refuse("CHECKOUT_BLOCKED", "A person has to look at this payment first: begin the checkout anew.", { decisionId });
  }
  return outcome === "challenge" ? { ...params, strong: true } : params;
}

/** @param risk of the checkout that is driven, where the driving did not ask for it itself */
export function payingWhenHeld(caller: Caller, risk: () => Promise<AssessPayment>): Caller {
  let told: AssessPayment | null = null;
  async function held(meta: CallMeta): Promise<Assessed> {
    const { early: _early, ...asked } = told ?? (await risk());
    return typed<Calls>(caller, meta)("fraud.assess", asked);
  }
  return {
    async call(action, params, options) {
      if (action === "fraud.assess") told = params as AssessPayment;
      if (action !== "payment.authorise") return caller.call(action, params, options);
      return caller.call(action, asHeld(params as Authorise, await held(options.meta)), options);
    },
  };
}
