import type { OpenErrand } from "../errand/errand.contract";
import type { AnyAggregate, Due } from "../kernel/aggregate";
import type { Begun, SagaState } from "../kernel/saga";
import { sagaAggregate } from "../kernel/saga-aggregate";
import type { CheckoutData } from "./checkout.data.contract";
import { checkoutSaga } from "./checkout.steps.aggregate";

export { checkoutSaga } from "./checkout.steps.aggregate";

export type CheckoutState = SagaState<CheckoutData>;
export type BegunCheckout = Begun<CheckoutData>;

const saga = sagaAggregate(checkoutSaga);

/** Bought, and something could not be done for a day: it is left to a person of the mall, under the checkout's id. */
function left(state: CheckoutState): Due[] {
  if (state.status !== "done" || state.unfinished === undefined) return [];
  const { unfinished, customerId, totalMinor: amountMinor = 0, currency = "" } = state;
  const { type, detail } = unfinished;
  const params: Omit<OpenErrand, "id"> = {
    ...{ kind: "checkout", cause: "unfinished", customerId, type, detail, amountMinor, currency },
  };
  return [{ at: state.saga.movedAt, command: "errand.open", params }];
}

export const checkout: AnyAggregate = {
  ...saga,
  due: (state) => [...(saga.due?.(state) ?? []), ...left(state as CheckoutState)],
};
