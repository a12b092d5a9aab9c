import type { Begun, SagaState } from "../kernel/saga";
import { sagaAggregate } from "../kernel/saga-aggregate";
import type { CheckoutData } from "./checkout.data.contract";
import { checkoutSaga } from "./checkout.steps.aggregate";

export { checkoutSaga } from "./checkout.steps.aggregate";

export type CheckoutState = SagaState<CheckoutData>;
export type BegunCheckout = Begun<CheckoutData>;

export const checkout = sagaAggregate(checkoutSaga);
