/** What the demo market needs to be bought from: taxes, ways of shipping, promotions and a coupon. Pure. */
import type { CreatePromotion } from "../../models/promotion/promotion.contract";
import type { CreateShipping } from "../../models/shipping/shipping.contract";
import type { SetTax } from "../../models/tax/tax.contract";
import { idMadeBy, keyOf } from "../client/keys";
import type { Founding } from "./founding";
import { historyOf, type Dated } from "./history";
import { YEAR_MS } from "./moments";

export interface Trading extends Founding {
  readonly channelId: string;
}

const COUNTRIES = ["DE", "AT", "NL"];
/** The standard rates of 2026. */
const STANDARD_BP = { DE: 1_900, AT: 2_000, NL: 2_100 };
/** The code that the demo market takes ten percent off for. */
export const DEMO_COUPON = "WELCOME";

const TAXES = Object.entries(STANDARD_BP).map(([country, standardBp]): SetTax => ({
  country,
  name: { en: "VAT", de: "MwSt." },
  standardBp,
}));

const SHIPPING: readonly CreateShipping[] = [
  {
    name: { en: "Standard", de: "Standard" },
    currency: "EUR",
    zones: [
      {
        countries: ["DE"],
        steps: [{ subtotalMaxMinor: 4_999, priceMinor: 490 }, { priceMinor: 0 }],
      },
      { countries: ["AT", "NL"], steps: [{ priceMinor: 990 }] },
    ],
    ...{ daysMin: 2, daysMax: 4 },
  },
  {
    name: { en: "Express", de: "Express" },
    currency: "EUR",
    zones: [{ countries: ["DE"], steps: [{ priceMinor: 1_290 }] }],
    ...{ daysMin: 1, daysMax: 1 },
  },
];

const promotionsIn = (channelId: string): CreatePromotion[] => [
  {
    name: { en: "Ten percent for new customers", de: "Zehn Prozent für neue Kunden" },
    ...{ channels: [channelId], byCoupon: true, usesPerCustomerMax: 1 },
    rule: { effect: { kind: "order-percent", percentBp: 1_000 } },
  },
  {
    name: { en: "Three for two of the cheapest, from 30 euros", de: "Drei für zwei, ab 30 Euro" },
    ...{ channels: [channelId], priority: 10 },
    rule: {
      conditions: { subtotalMinMinor: 3_000, quantityMin: 3 },
      effect: { kind: "buy-get", buy: 2, get: 1, percentBp: 10_000, timesMax: 1 },
    },
  },
];

/** In rounds, as the rest of the market. */
export function tradeOf({ seed, principalId, channelId, untilMs }: Trading): Dated[][] {
  const key = (...parts: readonly string[]): string => keyOf("demo", String(seed), "trade", ...parts);
  const one = (name: readonly string[], action: string, params: object): Dated => {
    const history = historyOf(key(...name));
    // the channel is as young as the mall
    history.add(action, params, action.startsWith("channel.") ? untilMs : untilMs - YEAR_MS);
    return history.commands[0] as Dated;
  };
  const shippingIds = SHIPPING.map((_method, i) =>
    idMadeBy(principalId, "shipping.create", key("shipping", String(i))),
  );
  const promotionId = idMadeBy(principalId, "promotion.create", key("promotion", "0"));
  return [
    [
      ...TAXES.map((tax) => one(["tax", tax.country], "tax.set", tax)),
      ...SHIPPING.map((method, i) => one(["shipping", String(i)], "shipping.create", method)),
      ...promotionsIn(channelId).map((promotion, i) => one(["promotion", String(i)], "promotion.create", promotion)),
    ],
    [
      one(["coupon"], "coupon.issue", { code: DEMO_COUPON, promotionId }),
      one(["channel"], "channel.revise", {
        ...{ id: channelId, countries: COUNTRIES, shippingMethods: shippingIds, orderPrefix: "M-" },
      }),
    ],
  ];
}
