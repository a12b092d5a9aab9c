/** Holds the store against the journals: what was acknowledged is there, once, in its order, and nothing else is. */
import type { StoredRows } from "../../support/store-of";
import type { Journal } from "./load";

async function titlesOf(store: StoredRows, id: string): Promise<string[]> {
  const rows = await store.of("product").find({ aggregateId: id }).sort({ version: 1 }).toArray();
  const gaps = rows.flatMap(({ version }, i) => (version === i + 1 ? [] : [`gap before version ${version}`]));
  return [...rows.map(({ state }) => (state as { title: { en: string } }).title.en), ...gaps];
}

async function onHand(store: StoredRows, id: string): Promise<number> {
  const [newest] = await store.of("stock").find({ aggregateId: id }).sort({ version: -1 }).limit(1).toArray();
  return newest ? (newest.state as { onHand: number }).onHand : 0;
}

function compared(journal: Journal, titles: readonly string[], units: number): string[] {
  const { productId, stockId, received, refused } = journal;
  const faults = refused.map((why) => `refused: ${why}`);
  const lost = journal.titles.filter((title) => !titles.includes(title));
  if (lost.length > 0) faults.push(`product ${productId} lost ${lost.length} changes that were acknowledged`);
  if (lost.length === 0 && titles.join("\n") !== journal.titles.join("\n")) {
    faults.push(`product ${productId} has ${titles.length} versions for ${journal.titles.length} acknowledged changes`);
  }
  if (units !== received) faults.push(`stock ${stockId} has ${units} units, and ${received} were acknowledged`);
  return faults;
}

export async function judge(store: StoredRows, journals: readonly Journal[]): Promise<string[]> {
  const faults: string[] = [];
  for (const journal of journals) {
    faults.push(...compared(journal, await titlesOf(store, journal.productId), await onHand(store, journal.stockId)));
  }
  return faults;
}
