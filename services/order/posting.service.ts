/** What a capture or a refund comes to in the seller's book. Pure. */
import { basisPoints } from "../../models/kernel/money";
import type { CommissionTaken, PostEntry } from "../../models/ledger/ledger.book.contract";
import type { Placed, PlacedOrder } from "../../models/order/order.state.aggregate";
import { worthOfFirst, type Units } from "../../models/order/order.units.aggregate";

type BoughtLine = Placed["lines"][number];

/** What the mall bears of the price, so that the seller gets it all the same. */
const subsidyOf = ({ discounts }: Pick<BoughtLine, "discounts">): number =>
  discounts.reduce((sum, { fundedBy, amountMinor }) => (fundedBy === "platform" ? sum + amountMinor : sum), 0);

interface Moved {
  readonly kind: PostEntry["kind"];
  readonly step: string;
  readonly units: Units;
  readonly shipping: boolean;
  readonly amountMinor: number;
  readonly exchangedMinor?: number | undefined;
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
function merged(shares: readonly Share[]): CommissionTaken[] {
  const byRule = new Map<string, CommissionTaken>();
  for (const { taken } of shares) {
    const key = `${taken.ruleId ?? ""}@${String(taken.version)}/${taken.rateBp}`;
    const amountMinor = (byRule.get(key)?.amountMinor ?? 0) + taken.amountMinor;
    byRule.set(key, { ...taken, amountMinor });
  }
  return [...byRule.values()].filter(({ amountMinor }) => amountMinor > 0);
}

export function postingOf(order: PlacedOrder, bought: Placed, moved: Moved): PostEntry {
  const shares = bought.lines.flatMap((line, i) => {
    const [range, rule] = [moved.units[line.lineId], bought.commissions[i]];
    return range && rule ? [shareOf(line, range, rule)] : [];
  });
  const commissions = merged(shares);
  const shippingSubsidy = moved.shipping && bought.parcel ? subsidyOf(bought.parcel) : 0;
  return {
    ...{ sellerId: order.sellerId, currency: order.currency, kind: moved.kind, step: moved.step },
    ...{ orderId: order.id, orderNumber: order.number, paidMinor: moved.amountMinor },
    subsidyMinor: shares.reduce((sum, share) => sum + share.subsidyMinor, shippingSubsidy),
    commissionMinor: commissions.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    commissions,
    ...(moved.kind === "sale" && moved.exchangedMinor && { exchangedMinor: moved.exchangedMinor }),
  };
}
