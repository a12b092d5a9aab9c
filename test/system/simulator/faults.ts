/** What goes wrong, and how often it did. */

export const FAULTS = [
  "crash before insert",
  "crash after insert",
  "crash after publish, before the mark",
  "insert with unknown outcome",
  "store does not answer",
  "store slow",
  "message doubled",
  "message delayed",
  "messages reordered",
  "ack of a publish lost",
  "ack of a reader lost",
  "two owners of an actor",
  "clock goes backwards",
  "reader restarted",
  "stream lost",
  "index refuses",
] as const;

export type Fault = (typeof FAULTS)[number];

export type FaultCounts = Map<Fault, number>;

export const noFaults = (): FaultCounts => new Map(FAULTS.map((fault) => [fault, 0]));

export const totalOf = (counts: FaultCounts): number => [...counts.values()].reduce((sum, n) => sum + n, 0);

export function addTo(sum: FaultCounts, more: FaultCounts): void {
  for (const [fault, n] of more) sum.set(fault, (sum.get(fault) ?? 0) + n);
}
