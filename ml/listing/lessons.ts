/** Titles with a category's name, as lessons for a mall: the name is the path. */
import { readTable } from "../kernel/table";
import type { Lesson } from "../kernel/taught";

export async function lessonsOf(files: readonly string[]): Promise<Lesson[]> {
  const rows = (await Promise.all(files.map((file) => readTable(file, ["product_title", "category_label"])))).flat();
  return rows.map(({ product_title: text, category_label: name }) => ({ text, label: `p:${name}` }));
}
