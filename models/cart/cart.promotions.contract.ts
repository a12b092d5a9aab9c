/**
 * Reckons what promotions take off a basket. One after another, the highest priority first; each takes from what those
 * before it have left, so that no stack of them makes anything negative. Pure: the same basket, the same discounts.
 */
import type {
  PromotionConditions,
  PromotionEffect,
  PromotionRule,
  PromotionScope,
} from "../promotion/promotion.rules.contract";
import type { Funder, LineDiscount } from "./cart.quote.contract";
import { portionDown, shareOut } from "./cart.shares.contract";

export interface BasketLine {
  readonly lineId: string;
  readonly productId: string;
  readonly sellerId: string;
  /** From the product's own up to the top. */
  readonly categoryIds: readonly string[];
  readonly delivery: "parcel" | "digital";
  readonly quantity: number;
  readonly unitMinor: number;
}

export interface BasketParcel {
  readonly sellerId: string;
  readonly shippingMinor: number;
}

/** A promotion that runs here and now, and whose coupon (where it needs one) is in the cart. */
export interface Candidate {
  readonly id: string;
  readonly code?: string;
  readonly fundedBy: Funder;
  /** Whose lines alone are reduced; null: everybody's. */
  readonly sellerId: string | null;
  readonly priority: number;
  readonly exclusive: boolean;
  readonly rule: PromotionRule;
}

export interface Buyer {
  readonly groups: readonly string[];
  readonly firstOrder: boolean;
}

export interface Basket {
  readonly lines: readonly BasketLine[];
  readonly parcels: readonly BasketParcel[];
  readonly buyer: Buyer;
}

/** Discounts in the order of lines and of parcels. */
export interface Reduced {
  readonly lines: readonly (readonly LineDiscount[])[];
  readonly parcels: readonly (readonly LineDiscount[])[];
}

/** What is left of each line and parcel when a promotion's turn comes, and which lines it looks at. */
interface Turn {
  readonly basket: Basket;
  readonly scoped: readonly boolean[];
  readonly lines: readonly number[];
  readonly parcels: readonly number[];
}

interface Taken {
  readonly lines: readonly number[];
  readonly parcels: readonly number[];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const within = (wanted: readonly string[] | undefined, values: readonly string[]): boolean =>
  wanted === undefined || wanted.some((value) => values.includes(value));

const inScope = ({ sellerId }: Candidate, scope: PromotionScope, line: BasketLine): boolean =>
  (sellerId === null || sellerId === line.sellerId) &&
  within(scope.categoryIds, line.categoryIds) &&
  within(scope.productIds, [line.productId]) &&
  within(scope.sellerIds, [line.sellerId]);

const worthOf = ({ quantity, unitMinor }: BasketLine): number => quantity * unitMinor;

function hasMatter(effect: PromotionEffect, lines: readonly BasketLine[]): boolean {
  if (effect.kind === "buy-get") return sum(lines.map(({ quantity }) => quantity)) >= effect.buy + effect.get;
  return effect.kind === "free-shipping" ? lines.some(({ delivery }) => delivery === "parcel") : lines.length > 0;
}

function isEnough(
  { subtotalMinMinor = 0, quantityMin = 0 }: PromotionConditions,
  lines: readonly BasketLine[],
): boolean {
  const units = sum(lines.map(({ quantity }) => quantity));
  return sum(lines.map(worthOf)) >= subtotalMinMinor && units >= quantityMin;
}

/** Depends on what is in the basket and on who buys, never on what other promotions do. */
function applies({ rule }: Candidate, lines: readonly BasketLine[], { groups, firstOrder }: Buyer): boolean {
  const { conditions = {}, effect } = rule;
  const forBuyer = within(conditions.groups, groups) && (conditions.firstOrder !== true || firstOrder);
  return forBuyer && isEnough(conditions, lines) && hasMatter(effect, lines);
}

const ofLines = (turn: Turn, take: (line: BasketLine, left: number) => number): number[] =>
  turn.basket.lines.map((line, i) => (turn.scoped[i] === true ? take(line, turn.lines[i] ?? 0) : 0));

const shared = (turn: Turn, amount: (left: number) => number): number[] => {
  const lefts = ofLines(turn, (_line, left) => left);
  const left = sum(lefts);
  return shareOut(Math.min(left, amount(left)), lefts);
};

type BuyGet = Extract<PromotionEffect, { kind: "buy-get" }>;

/** The cheapest units are the ones that are given: of lines that cost the same, those of the earlier. */
function buyGet({ buy, get, percentBp, timesMax }: BuyGet, turn: Turn): number[] {
  const units = sum(ofLines(turn, ({ quantity }) => quantity));
  const times = Math.min(Math.floor(units / (buy + get)), timesMax ?? Number.MAX_SAFE_INTEGER);
  let given = times * get;
  const taken = turn.basket.lines.map(() => 0);
  const cheapest = turn.basket.lines
    .map((line, i) => ({ line, i }))
    .filter(({ i }) => turn.scoped[i] === true)
    .sort((a, b) => a.line.unitMinor - b.line.unitMinor || a.i - b.i);
  for (const { line, i } of cheapest) {
    const here = Math.min(given, line.quantity);
    given -= here;
    taken[i] = portionDown(portionDown(turn.lines[i] ?? 0, here, line.quantity), percentBp, 10_000);
  }
  return taken;
}

function freeShipping(max: number | undefined, turn: Turn): number[] {
  const sellers = new Set(turn.basket.lines.filter((_line, i) => turn.scoped[i]).map(({ sellerId }) => sellerId));
  const lefts = turn.basket.parcels.map(({ sellerId }, i) => (sellers.has(sellerId) ? (turn.parcels[i] ?? 0) : 0));
  return shareOut(Math.min(sum(lefts), max ?? Number.MAX_SAFE_INTEGER), lefts);
}

function takenBy(effect: PromotionEffect, turn: Turn): Taken {
  const none = turn.basket.parcels.map(() => 0);
  const lines = (taken: readonly number[]): Taken => ({ lines: taken, parcels: none });
  switch (effect.kind) {
    case "line-percent":
      return lines(ofLines(turn, (_line, left) => portionDown(left, effect.percentBp, 10_000)));
    case "line-amount":
      return lines(ofLines(turn, ({ quantity }, left) => Math.min(left, effect.amountMinor * quantity)));
    case "order-percent":
      return lines(shared(turn, (left) => portionDown(left, effect.percentBp, 10_000)));
    case "order-amount":
      return lines(shared(turn, () => effect.amountMinor));
    case "buy-get":
      return lines(buyGet(effect, turn));
    case "free-shipping":
      return { lines: turn.basket.lines.map(() => 0), parcels: freeShipping(effect.amountMaxMinor, turn) };
  }
}

/** Highest priority first; of equals the one with the lower id. */
const inTurn = (a: Candidate, b: Candidate): number =>
  b.priority - a.priority || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The promotions that take effect, in their order: an exclusive one stands alone. */
function effective(basket: Basket, candidates: readonly Candidate[]): Candidate[] {
  const fitting = [...candidates].sort(inTurn).filter((candidate) => {
    const scope = candidate.rule.scope ?? {};
    const lines = basket.lines.filter((line) => inScope(candidate, scope, line));
    return applies(candidate, lines, basket.buyer);
  });
  const [first] = fitting;
  if (first?.exclusive === true) return [first];
  return fitting.filter(({ exclusive }) => !exclusive);
}

const discountOf = ({ id, code, fundedBy }: Candidate, amountMinor: number): LineDiscount => ({
  promotionId: id,
  ...(code !== undefined && { code }),
  ...{ fundedBy, amountMinor },
});

export function reduce(basket: Basket, candidates: readonly Candidate[]): Reduced {
  const lines = basket.lines.map((): LineDiscount[] => []);
  const parcels = basket.parcels.map((): LineDiscount[] => []);
  const left = { lines: basket.lines.map(worthOf), parcels: basket.parcels.map(({ shippingMinor }) => shippingMinor) };
  for (const candidate of effective(basket, candidates)) {
    const scope = candidate.rule.scope ?? {};
    const scoped = basket.lines.map((line) => inScope(candidate, scope, line));
    const taken = takenBy(candidate.rule.effect, { basket, scoped, lines: left.lines, parcels: left.parcels });
    for (const part of ["lines", "parcels"] as const) {
      const into = part === "lines" ? lines : parcels;
      left[part] = left[part].map((amount, i) => amount - (taken[part][i] ?? 0));
      taken[part].forEach((amount, i) => {
        if (amount > 0) into[i]?.push(discountOf(candidate, amount));
      });
    }
  }
  return { lines, parcels };
}
