/** Published pairs as lessons for a mall: both records in the form in which they are published. */
import { textOf } from "../kernel/table";
import type { Lesson } from "../kernel/taught";
import { pairsIn } from "./pairs";

export async function lessonsOf(files: readonly string[]): Promise<Lesson[]> {
  const found: Lesson[] = [];
  for (const file of files) {
    const text = await textOf(file);
    const pairs = pairsIn(text);
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    lines.forEach((line, i) => {
      const [left = "", right = ""] = line.split("\t");
      found.push({ text: left, other: right, label: pairs[i]?.label === 1 ? "same" : "different" });
    });
  }
  return found;
}
