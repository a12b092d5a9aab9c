/**
 * The account of every line of the file: what became of it, in units and money. Two sums are kept in two ways: what the
 * file says by itself, added up as it is read, and what was accepted, credited and refused, added up as it is settled.
 */
import type { InvoiceLine } from "./invoice";
import type { Piece, Reason } from "./plan";

/** Units and tenths of a penny, both with their sign. */
export interface Sum {
  pieces: number;
  units: number;
  mills: number;
}

export type Kind = "purchases" | "returns" | "credits" | Reason;

export interface Account {
  readonly file: Sum;
  /** Of the file: what it says came back. */
  readonly fileReturns: Sum;
  readonly by: Map<Kind, Sum>;
}

const nothing = (): Sum => ({ pieces: 0, units: 0, mills: 0 });

export const openAccount = (): Account => ({ file: nothing(), fileReturns: nothing(), by: new Map() });

function add(sum: Sum, units: number, priceMills: number): void {
  sum.pieces += 1;
  sum.units += units;
  sum.mills += units * priceMills;
}

/** A line as the file has it. */
export function read(account: Account, line: InvoiceLine, returns: boolean): void {
  add(account.file, line.units, line.priceMills);
  if (returns) add(account.fileReturns, line.units, line.priceMills);
}

/** What became of so many units of a line. */
export function settle(account: Account, kind: Kind, { line, units }: Piece): void {
  const sum = account.by.get(kind) ?? nothing();
  account.by.set(kind, sum);
  add(sum, Math.sign(line.units) * units, line.priceMills);
}

export const sumOf = ({ by }: Account, kinds: Iterable<Kind>): Sum => {
  const total = nothing();
  for (const kind of kinds) {
    const { pieces, units, mills } = by.get(kind) ?? nothing();
    total.pieces += pieces;
    total.units += units;
    total.mills += mills;
  }
  return total;
};

/** True when every unit and every penny of the file is accounted for. */
export function closes(account: Account): boolean {
  const { units, mills } = sumOf(account, account.by.keys());
  return units === account.file.units && mills === account.file.mills;
}
