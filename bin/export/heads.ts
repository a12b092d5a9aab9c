/** The state of every aggregate of a kind at one moment, one after the other: histories come aggregate by aggregate. */
import type { Histories } from "../../models/kernel/histories";
import type { Row } from "../../models/kernel/row";

const PAGE = 1_000;

/** Every version of every aggregate, by id and version. */
export async function* rowsOf(histories: Pick<Histories, "scan">): AsyncGenerator<Row, void, undefined> {
  let after = "";
  for (let full = true; full;) {
    const page = await histories.scan(after, PAGE);
    yield* page;
    after = page.at(-1)?._id ?? after;
    full = page.length === PAGE;
  }
}

/** @param until recorded time: what was committed later is left out */
export async function* headsOf(
  histories: Pick<Histories, "scan">,
  until: string,
): AsyncGenerator<Row, void, undefined> {
  let head: Row | null = null;
  for await (const row of rowsOf(histories)) {
    if (head !== null && head.aggregateId !== row.aggregateId) {
      yield head;
      head = null;
    }
    if (row.committedAt <= until) head = row;
  }
  if (head !== null) yield head;
}
