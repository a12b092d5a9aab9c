/**
 * What the cells of each widget hold, by how their keys begin; "" are those that begin like no other. The types that a
 * client reads cells by are made of this table, and the tests hold what the mall tells against it. Like
 * `live.contract.ts` it brings nothing with it, so that a browser can take it as it is.
 */
import type { Cell, Held, WidgetName } from "./live.contract";

const MONEY = { orders: "number", totalMinor: "number" } as const;
const ABOUT = { kind: "text", at: "text" } as const;
const PLACE = { ...ABOUT, id: "text", label: "text", reason: "text or null" } as const;

export const liveCells = {
  sales: { "": { ...MONEY, units: "number" } },
  waiting: { "": MONEY },
  products: { "": { title: "text", units: "number", totalMinor: "number" } },
  stock: {
    "": {
      ...{ offerId: "text", location: "text", productId: "text or null" },
      ...{ available: "number", perDay: "number", days: "number" },
    },
  },
  returns: { "": { returns: "number", units: "number" } },
  balance: {
    "": { payableMinor: "number", heldMinor: "number", nextPayoutAt: "text or null" },
    "payout|": { currency: "text", amountMinor: "number", openedAt: "text" },
  },
  alerts: {
    ...{ "order-stuck|": PLACE, "stock-gone|": PLACE, "payout-failed|": PLACE },
    "price|": { ...ABOUT, productId: "text", currency: "text", ownMinor: "number", bestMinor: "number" },
    "risk|": { ...ABOUT, productId: "text or null", risk: "number", usual: "number" },
  },
  reviews: {
    rating: { reviews: "number", stars: "number", unanswered: "number" },
    "review|": { rating: "number", productId: "text", language: "text", at: "text", answered: "number" },
  },
  suggestions: {
    "restock|": { kind: "text", productId: "text or null", units: "number", days: "number" },
    "answer|": { ...ABOUT, productId: "text", rating: "number" },
  },
  funnel: { "": { views: "number", carts: "number", checkouts: "number", orders: "number" } },
  order: {
    order: {
      ...{ number: "text", status: "text", currency: "text", placedAt: "text", payment: "text" },
      ...{ totalMinor: "number", capturedMinor: "number", refundedMinor: "number" },
    },
    "line|": {
      ...{ title: "text", quantity: "number", shipped: "number" },
      ...{ cancelled: "number", returned: "number", refunded: "number" },
    },
    "parcel|": { at: "text", carrier: "text or null", tracking: "text or null", deliveredAt: "text or null" },
    "return|": { kind: "text", status: "text", requestedAt: "text", decision: "text or null" },
  },
} as const satisfies Readonly<
  Record<WidgetName, Readonly<Record<string, Readonly<Record<string, "number" | "text" | "text or null">>>>>
>;

type FieldOf<T> = T extends "number" ? number : T extends "text" ? string : string | null;

/** How the keys of a widget's cells begin. */
export type Beginning<W extends WidgetName> = keyof (typeof liveCells)[W] & string;

export type CellOf<W extends WidgetName, B extends Beginning<W>> = {
  readonly [F in keyof (typeof liveCells)[W][B]]: FieldOf<(typeof liveCells)[W][B][F]>;
};

/** The longest beginning that the key has, of those that the widget's keys have. */
function beginningOf(widget: WidgetName, key: string): string | undefined {
  const beginnings: readonly string[] = Object.keys(liveCells[widget]);
  return beginnings.filter((one) => key.startsWith(one)).sort((a, b) => b.length - a.length)[0];
}

/** The cells of one kind, each by what follows the beginning of its key. */
export function cellsOf<W extends WidgetName, B extends Beginning<W>>(
  widget: W,
  held: Pick<Held, "cells"> | undefined,
  begins: B,
): ReadonlyMap<string, CellOf<W, B>> {
  const found = Object.entries(held?.cells ?? {}).filter(([key]) => beginningOf(widget, key) === begins);
  return new Map(found.map(([key, cell]) => [key.slice(begins.length), cell as CellOf<W, B>]));
}

const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  number: (value) => typeof value === "number",
  text: (value) => typeof value === "string",
  "text or null": (value) => typeof value === "string" || value === null,
};

/** What of a cell is not as the table says, in words; null: nothing. */
export function cellFault(widget: WidgetName, key: string, cell: Cell): string | null {
  const begins = beginningOf(widget, key);
  if (begins === undefined) return `${widget} has no cell "${key}"`;
  const table: Readonly<Record<string, Readonly<Record<string, string>>>> = liveCells[widget];
  const fields = table[begins] ?? {};
  const names = new Set([...Object.keys(fields), ...Object.keys(cell)]);
  const wrong = [...names].filter((name) => FITS[fields[name] ?? ""]?.(cell[name]) !== true);
  return wrong.length === 0 ? null : `${widget} "${key}": ${wrong.join(", ")}`;
}
