/** Pros and cons that reviewers wrote themselves, as lessons for a mall. */
import { readZip } from "../kernel/table";
import type { Lesson } from "../kernel/taught";
import { snippetsOf } from "./evaluate";

export async function lessonsOf(files: readonly string[]): Promise<Lesson[]> {
  const read = await Promise.all(files.map(readZip));
  const { texts, labels } = snippetsOf(new Map(read.flatMap((one) => [...one])));
  return texts.map((text, i) => ({ text, label: labels[i] === 1 ? "praise" : "complaint" }));
}
