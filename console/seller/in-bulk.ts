/** The same for many, one after the other: what could be done is done, and what could not is told by name. */
import { HERE, Problem } from "../client/problem";

export interface Outcome {
  readonly name: string;
  readonly why: Pick<Problem, "type" | "detail">;
}

export interface Report {
  readonly done: number;
  readonly failed: readonly Outcome[];
}

interface Bulk<T> {
  readonly items: readonly T[];
  readonly nameOf: (item: T) => string;
  readonly work: (item: T) => Promise<unknown>;
  /** Told after each. */
  readonly told: (report: Report) => void;
}

export async function inBulk<T>({ items, nameOf, work, told }: Bulk<T>): Promise<Report> {
  let report: Report = { done: 0, failed: [] };
  for (const item of items) {
    try {
      await work(item);
      report = { ...report, done: report.done + 1 };
    } catch (error) {
      const why = error instanceof Problem ? error : { type: HERE, detail: String(error) };
      report = { ...report, failed: [...report.failed, { name: nameOf(item), why }] };
    }
    told(report);
  }
  return report;
}
