/** What steps of a checkout send, held against the contracts, and what they make of the answers. */
import type { AssessmentCalls } from "../assessment/assessment.contract";
import type { CartCalls } from "../cart/cart.contract";
import type { FraudCalls } from "../fraud/fraud.contract";
import type { Answer, Failure, Sent } from "../kernel/saga";
import type { OrderCalls } from "../order/order.contract";
import type { PaymentCalls } from "../payment/payment.contract";
import type { RedemptionCalls } from "../redemption/redemption.contract";
import type { StockCalls } from "../stock/stock.contract";

type Calls = CartCalls & OrderCalls & PaymentCalls & RedemptionCalls & StockCalls & FraudCalls & AssessmentCalls;
/** The one place where what is sent is held against the contracts. */
export const send = <N extends keyof Calls>(action: N, params: Calls[N]["params"], commandId?: string): Sent => ({
  action,
  params,
  ...(commandId !== undefined && { commandId }),
});

export const refusalIn = (answers: readonly Answer[]): Failure | null => {
  const found = answers.find((answer) => "refused" in answer);
  return found?.refused ?? null;
};

/** Results of answers that are known to be no refusals; what they are say the contracts. */
export const resultsOf = <R>(answers: readonly Answer[]): R[] =>
  answers.flatMap((answer) => ("result" in answer ? [answer.result as R] : []));
