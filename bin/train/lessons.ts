/**
 * Lessons from files: lines of JSON `{ "text", "label", "other"? }`, oldest first; or public files as `stoa evaluate`
 * reads them, which stand in no order and are mixed with a seed. Loaded when it runs.
 */
import path from "node:path";
import type * as Table from "../../ml/kernel/table";
import type * as Dice from "../../ml/kernel/random";
import type { Lesson, TrainModel } from "../../models/model/model.lessons.contract";
import { LESSONS_MAX } from "../../models/model/model.lessons.contract";
import type { ModelName } from "../../models/model/model.contract";
import type { Mall } from "../client/mall";
import { Sentence } from "../terminal/sentence";

const ML = path.join(__dirname, "../../ml");
const FOLDERS: Partial<Readonly<Record<ModelName, string>>> = {
  ...{ moderation: "moderation", sentiment: "sentiment", category: "listing", duplicate: "matching" },
};
const TEXT_MAX = 5_000;
const CALLS_MAX = 200;
const SEED = 1;
const LINES = /\.jsonl(\.gz)?$/;

const part = async <T>(name: string): Promise<T> => (await import(path.join(ML, name))) as T;

/** What survives neither storing nor searching is left out, and what is longer than a lesson may be. */
const plain = (text: string): string =>
  text
    .slice(0, TEXT_MAX)
    .replaceAll("\u0000", "")
    .replace(/[\ud800-\udfff]/gu, "");

const bounded = ({ text, label, other }: Lesson): Lesson => ({
  ...{ text: plain(text), label },
  ...(other !== undefined && { other: plain(other) }),
});

function lessonIn(line: string, number: number): Lesson {
  try {
    const { text, label, other } = JSON.parse(line) as Partial<Lesson>;
    if (typeof text === "string" && typeof label === "string") {
      return { text, label, ...(typeof other === "string" && { other }) };
    }
  } catch {
    // told below
  }
  throw new Sentence(`Line ${number} is no lesson: write {"text": "…", "label": "…"}, one a line.`);
}

async function fromLines(files: readonly string[]): Promise<Lesson[]> {
  const { textOf } = await part<typeof Table>("kernel/table");
  const found: Lesson[] = [];
  for (const file of files) {
    const lines = (await textOf(file)).split("\n").filter((line) => line.trim() !== "");
    found.push(...lines.map((line, i) => lessonIn(line, i + 1)));
  }
  return found;
}

async function fromPublic(folder: string, files: readonly string[]): Promise<Lesson[]> {
  const { lessonsOf } = await part<{ lessonsOf: (files: readonly string[]) => Promise<Lesson[]> }>(`${folder}/lessons`);
  const { permutation } = await part<typeof Dice>("kernel/random");
  const found = await lessonsOf(files);
  return [...permutation(found.length, SEED)].map((at) => found[at] as Lesson);
}

/** @throws Sentence for a model that no texts can teach, for too many of them, and for what is no lesson */
export async function lessonsFrom(id: ModelName, files: readonly string[]): Promise<Lesson[]> {
  const folder = FOLDERS[id];
  if (folder === undefined) throw new Sentence(`${id} learns from what happens in the mall alone: leave out --from.`);
  const found = await (files.every((file) => LINES.test(file)) ? fromLines(files) : fromPublic(folder, files));
  if (found.length === 0) throw new Sentence(`There are no lessons in ${files.join(", ")}.`);
  const most = CALLS_MAX * LESSONS_MAX;
  if (found.length > most) throw new Sentence(`${found.length} lessons are too many: ${most} can be handed over.`);
  return found.map(bounded);
}

/** Hands them over. @returns what a training is to be asked with */
export async function handOver(mall: Mall, id: ModelName, lessons: readonly Lesson[]): Promise<TrainModel> {
  const hashes: string[] = [];
  for (let from = 0; from < lessons.length; from += LESSONS_MAX) {
    const asked = { id, lessons: lessons.slice(from, from + LESSONS_MAX) };
    hashes.push(((await mall.query("model.teach", asked)) as { readonly hash: string }).hash);
  }
  return { id, lessons: hashes };
}
