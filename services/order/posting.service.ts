/** What a capture or a refund comes to in the seller's book. Pure. */
import { portionDown } from "../../models/cart/cart.shares.contract";
import { basisPoints } from "../../models/kernel/money";
import type { CommissionTaken, PostEntry } from "../../models/ledger/ledger.book.contract";
import type { Placed, PlacedOrder, PriceCut } from "../../models/order/order.state.aggregate";
import { worthOfFirst, worthOfUnits, type Units } from "../../models/order/order.units.aggregate";

type BoughtLine = Placed["lines"][number];

/** What the mall bears of the price, so that the seller gets it all the same. */
const subsidyOf = ({ discounts }: Pick<BoughtLine, "discounts">): number =>
  discounts.reduce((sum, { fundedBy, amountMinor }) => (fundedBy === "platform" ? sum + amountMinor : sum), 0);

interface Moved {
  readonly kind: PostEntry["kind"];
  readonly step: string;
  readonly units: Units;
  readonly shipping: boolean;
  readonly shippingMinor?: number | undefined;
  readonly amountMinor: number;
  readonly exchangedMinor?: number | undefined;
  readonly cut?: PriceCut | undefined;
}

/** The part of a whole that a range of a line's units is; ranges that follow one another come to the whole. */
const partOf = (wholeMinor: number, quantity: number, [from, to]: readonly [number, number]): number =>
  worthOfFirst(wholeMinor, quantity, to) - worthOfFirst(wholeMinor, quantity, from);

interface Share {
  readonly subsidyMinor: number;
  readonly taken: CommissionTaken;
}

function shareOf(line: BoughtLine, range: readonly [number, number], rule: Placed["commissions"][number]): Share {
  const wholeSubsidy = subsidyOf(line);
  const wholeCommission = basisPoints(line.totalMinor + wholeSubsidy, rule.rateBp);
  return {
    subsidyMinor: partOf(wholeSubsidy, line.quantity, range),
    taken: { ...rule, amountMinor: partOf(wholeCommission, line.quantity, range) },
  };
}

/** Commissions by one version of one rule are one amount. */
function merged(taken: readonly CommissionTaken[]): CommissionTaken[] {
  const byRule = new Map<string, CommissionTaken>();
  for (const one of taken) {
    const key = `${one.ruleId ?? ""}@${String(one.version)}/${one.rateBp}`;
    const amountMinor = (byRule.get(key)?.amountMinor ?? 0) + one.amountMinor;
    byRule.set(key, { ...one, amountMinor });
  }
  return [...byRule.values()].filter(({ amountMinor }) => amountMinor !== 0);
}

/** After the step: more units are taken, or more are given back. */
function cutAfter(
  before: PriceCut,
  { lines, parcel }: Placed,
  { kind, units, shipping, shippingMinor = parcel?.totalMinor ?? 0, amountMinor }: Moved,
): PriceCut {
  const sign = kind === "sale" ? 1 : -1;
  const moved = worthOfUnits(lines, units) + (shipping ? shippingMinor : 0);
  return {
    units: before.units.map((count, i) => {
      const range = units[lines[Math.floor(i / 2)]?.lineId ?? ""];
      return range && i % 2 === (kind === "sale" ? 1 : 0) ? range[1] : count;
    }),
    worthMinor: before.worthMinor + sign * moved,
    netMinor: before.netMinor + sign * amountMinor,
  };
}

/**
 * What the mall has earned: of a price that is lowered, in proportion less of each commission, by the version of the
 * rule that holds for the order; of what is kept for goods that went back, as much as of them.
 */
function earnedBy({ lines, commissions }: Placed, { units, worthMinor, netMinor }: PriceCut): CommissionTaken[] {
  const takenOf = (rangeOf: (i: number) => readonly [number, number]): CommissionTaken[] =>
    merged(lines.flatMap((line, i) => (commissions[i] ? [shareOf(line, rangeOf(i), commissions[i]).taken] : [])));
  const part = (all: readonly CommissionTaken[], ofMinor: number, wholeMinor: number): CommissionTaken[] =>
    wholeMinor === 0
      ? []
      : all.map((one) => ({ ...one, amountMinor: portionDown(one.amountMinor, Math.max(0, ofMinor), wholeMinor) }));
  const kept = takenOf((i) => [units[2 * i] ?? 0, units[2 * i + 1] ?? 0]);
  if (netMinor <= worthMinor) return part(kept, netMinor, worthMinor);
  const backMinor = lines.reduce(
    (sum, line, i) => sum + worthOfFirst(line.totalMinor, line.quantity, units[2 * i] ?? 0),
    0,
  );
  const back = takenOf((i) => [0, units[2 * i] ?? 0]);
  return [...kept, ...part(back, Math.min(netMinor - worthMinor, backMinor), backMinor)];
}

const negated = (taken: CommissionTaken): CommissionTaken => ({ ...taken, amountMinor: -taken.amountMinor });

/** What is taken of a sale, or given back of a refund. */
function commissionsOf(bought: Placed, moved: Moved, shares: readonly Share[]): CommissionTaken[] {
  if (!moved.cut) return merged(shares.map(({ taken }) => taken));
  // what came to the order since is no matter of this step
  const then = { ...bought, lines: bought.lines.slice(0, moved.cut.units.length / 2) };
  const before = earnedBy(then, moved.cut);
  const after = earnedBy(then, cutAfter(moved.cut, then, moved));
  return merged(moved.kind === "sale" ? [...after, ...before.map(negated)] : [...before, ...after.map(negated)]);
}

const subsidyOfSending = (parcel: NonNullable<Placed["parcel"]>, { shippingMinor }: Moved): number =>
  shippingMinor === undefined ? subsidyOf(parcel) : portionDown(subsidyOf(parcel), shippingMinor, parcel.totalMinor);

export function postingOf(order: PlacedOrder, bought: Placed, moved: Moved): PostEntry {
  const shares = bought.lines.flatMap((line, i) => {
    const [range, rule] = [moved.units[line.lineId], bought.commissions[i]];
    return range && rule ? [shareOf(line, range, rule)] : [];
  });
  const commissions = commissionsOf(bought, moved, shares);
  const shippingSubsidy = moved.shipping && bought.parcel ? subsidyOfSending(bought.parcel, moved) : 0;
  return {
    ...{ sellerId: order.sellerId, currency: order.currency, kind: moved.kind, step: moved.step },
    ...{ orderId: order.id, orderNumber: order.number, paidMinor: moved.amountMinor },
    subsidyMinor: shares.reduce((sum, share) => sum + share.subsidyMinor, shippingSubsidy),
    commissionMinor: commissions.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    commissions,
    ...(moved.kind === "sale" && moved.exchangedMinor && { exchangedMinor: moved.exchangedMinor }),
  };
}
