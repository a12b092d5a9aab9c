/** Lessons that somebody handed over, read by their hashes in the order that was told. */
import { createHash } from "node:crypto";

export interface Lesson {
  readonly text: string;
  readonly label: string;
  readonly other?: string;
}

interface Files {
  get(hash: string): Promise<Buffer | null>;
}

/** @throws Error for lessons that are gone, or not what their hash says */
export async function lessonsIn(files: Files, hashes: readonly string[]): Promise<readonly Lesson[]> {
  const found: Lesson[] = [];
  for (const hash of hashes) {
    const bytes = await files.get(hash);
    if (!bytes || createHash("sha256").update(bytes).digest("hex") !== hash) {
      throw new Error(`The lessons ${hash} are not there: hand them over again`);
    }
    found.push(...(JSON.parse(bytes.toString("utf8")) as Lesson[]));
  }
  return found;
}

/** Lessons by one of these labels. @throws Error that names the labels there are */
export function labelled<L extends string>(
  lessons: readonly Lesson[],
  labels: readonly L[],
): (Lesson & { label: L })[] {
  return lessons.map((lesson) => {
    const label = labels.find((one) => one === lesson.label);
    if (label === undefined) throw new Error(`A lesson says "${lesson.label}"; it may say ${labels.join(", ")}`);
    return { ...lesson, label };
  });
}
