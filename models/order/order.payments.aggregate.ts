/** From which of its payments what an order gives back comes. Pure parts of order.aggregate.ts. */
import type { MoneyState, MorePayment, Refund, RefundPart } from "./order.state.aggregate";

const sum = (parts: readonly MorePayment[], of: "capturedMinor" | "refundedMinor"): number =>
  parts.reduce((total, part) => total + part[of], 0);

/** What came in and went back by the payment that the order was bought with. */
export function boughtWith(money: MoneyState): MorePayment {
  const { paymentId, capturedMinor, refundedMinor, more = [], exchangedMinor = 0 } = money;
  return {
    paymentId,
    capturedMinor: capturedMinor - exchangedMinor - sum(more, "capturedMinor"),
    refundedMinor: refundedMinor - exchangedMinor - sum(more, "refundedMinor"),
  };
}

/** What is given back comes from the newest payment first; nothing is said where there is only one. */
export function partsOf(money: MoneyState, amountMinor: number): Pick<Refund, "from"> {
  const { more = [] } = money;
  if (more.length === 0) return {};
  let left = amountMinor;
  const from = [...more]
    .reverse()
    .concat(boughtWith(money))
    .flatMap(({ paymentId, capturedMinor, refundedMinor }) => {
      const part = Math.min(left, capturedMinor - refundedMinor);
      left -= part;
      return part > 0 ? [{ paymentId, amountMinor: part }] : [];
    });
  return { from };
}

/** The further payments after a refund. */
export function givenBack({ more }: MoneyState, from: readonly RefundPart[] | undefined): Pick<MoneyState, "more"> {
  if (!more || !from) return {};
  const by = new Map(from.map(({ paymentId, amountMinor }) => [paymentId, amountMinor]));
  return {
    more: more.map((one) => ({ ...one, refundedMinor: one.refundedMinor + (by.get(one.paymentId) ?? 0) })),
  };
}
