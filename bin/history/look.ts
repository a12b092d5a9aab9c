/** What `stoa history` asks the mall, and prints. */
import type { HistoryDiff, HistoryPage, HistoryProof, StateAsOf } from "../../models/kernel/history.results";
import type { Mall } from "../client/mall";
import { Sentence } from "../terminal/sentence";
import { asOfText, diffText, entryText, proofText } from "./history-text";

export interface Named {
  readonly aggregate: string;
  readonly id: string;
}

export interface Range {
  readonly from?: number;
  readonly to?: number;
}

export type Moment = { readonly version: number } | { readonly at: string; readonly time: "recorded" | "occurred" };

const PAGE = 200;

export async function asOf(mall: Mall, named: Named, moment: Moment): Promise<void> {
  console.log(asOfText((await mall.query("history.asOf", { ...named, ...moment })) as StateAsOf));
}

/** Page by page, so that the first lines come at once. */
export async function all(mall: Mall, named: Named, { after, limit }: { after: number; limit: number }): Promise<void> {
  let from: number | null = after;
  for (let left = limit; from !== null && left > 0;) {
    const ask: object = { ...named, after: from, limit: Math.min(PAGE, left) };
    const page = (await mall.query("history.page", ask)) as HistoryPage;
    page.items.forEach((entry) => console.log(entryText(entry)));
    left -= page.items.length;
    from = page.next;
  }
  if (from !== null) console.log(`There may be more: go on with --after ${from}.`);
}

/** `2..5`, `2..` (to the newest), or nothing: what the last command changed. @throws Sentence */
export function rangeOf(text: string | true): Range {
  if (text === true) return {};
  const [, from, to] = /^(\d{1,9})?\.\.(\d{1,9})?$/.exec(text) ?? [];
  if (from === undefined && to === undefined)
    throw new Sentence(`--diff ${text} is no range; write it like 2..5 or 2..`);
  return { ...(from !== undefined && { from: Number(from) }), ...(to !== undefined && { to: Number(to) }) };
}

export async function difference(mall: Mall, named: Named, range: Range): Promise<void> {
  console.log(diffText((await mall.query("history.diff", { ...named, ...range })) as HistoryDiff));
}

/** @throws Sentence with the mall's reason when it refuses */
export async function restore(mall: Mall, named: Named, to: { version: number; key: string }): Promise<void> {
  const params = { ...named, version: to.version };
  const outcome = await mall.send({ action: "history.restore", params, idempotencyKey: to.key });
  if (!outcome.ok) throw new Sentence(`${outcome.type}: ${outcome.detail}`);
  console.log(`The content of version ${to.version} is back, as a new version:`);
  await difference(mall, named, {});
}

/** False when something was found. */
export async function prove(mall: Mall, named: Named): Promise<boolean> {
  const pages: HistoryProof[] = [];
  for (let after: number | null = 0; after !== null;) {
    const page = (await mall.query("history.verify", { ...named, after })) as HistoryProof;
    pages.push(page);
    after = page.next;
  }
  console.log(proofText(pages));
  return pages.every(({ ok }) => ok);
}
