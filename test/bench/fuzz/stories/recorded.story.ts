/** What was sold elsewhere: a whole order as other systems know it, and what came back of it. */
import { word } from "../hints";
import type { Params } from "../request";
import type { Stage, Story } from "../stage";
import { address, aMarket } from "./market";

const TAX_BP = 1_900;

export const lineName = (number: number): string => `line-${number}`;

interface Sold {
  readonly customerId: string | null;
  readonly lines: number;
}

/** So many lines of one thing each. */
export async function sold(
  stage: Stage,
  { customerId, lines }: Sold = { customerId: null, lines: 1 },
): Promise<Params> {
  const { channelId, sellerId, productId, offerId } = await aMarket(stage);
  const [unitMinor, taxMinor] = [1_190, 190];
  const taxed = { netMinor: unitMinor - taxMinor, taxMinor, taxRateBp: TAX_BP, totalMinor: unitMinor };
  const what = { offerId, productId, sellerId, sku: word(stage.random), title: { en: "Lamp" } };
  const line = {
    ...what,
    delivery: "parcel",
    quantity: 1,
    unitMinor,
    subtotalMinor: unitMinor,
    discounts: [],
    ...taxed,
  };
  return {
    ...{ reference: word(stage.random), channelId, sellerId, currency: "EUR", taxInclusive: true, customerId },
    ...{ contact: { email: `${word(stage.random)}@example.org` }, shippingAddress: address },
    lines: Array.from({ length: lines }, (_, number) => ({ lineId: lineName(number), ...line })),
    billingAddress: undefined,
  };
}

export const recordedStories: Readonly<Record<string, Story>> = {
  "order.record": async (stage) => ({ as: stage.one, params: await sold(stage) }),
  "order.recordReturn": async (stage: Stage) => {
    const { id: orderId } = await stage.ask("order.record", { params: await sold(stage) });
    const back = { orderId, reference: word(stage.random), lines: [{ lineId: lineName(0), quantity: 1 }] };
    return { as: stage.one, params: back };
  },
};
