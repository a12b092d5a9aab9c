/** Posts that people labelled, as lessons for a mall: hate is rejected, offence is held. */
import { readTable } from "../kernel/table";
import type { Lesson } from "../kernel/taught";
import { CLASSES, VERDICTS } from "./model";

export async function lessonsOf(files: readonly string[]): Promise<Lesson[]> {
  const rows = (await Promise.all(files.map((file) => readTable(file, ["class", "tweet"])))).flat();
  return rows.map(({ tweet: text, class: given }) => ({
    text,
    label: VERDICTS[CLASSES[Number(given)] ?? "offensive"],
  }));
}
