/** The evaluation of recommendations, as it is typed: every model is learnt and judged, by two threads. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { chance } from "../../../ml/kernel/random";
import { testFolder } from "../../support/folder";
import { stoa } from "../../support/mall";

const MODELS = ["popularity", "item-knn", "knn-transition", "self-attention", "two-tower", "blended"];
const [USERS, ITEMS, LENGTH] = [90, 40, 6];

/** Everybody goes round in steps of their own: what is next follows from the last one, not from what is popular. */
function lines(): string {
  const random = chance(3);
  return Array.from({ length: USERS }, (_none, user) => {
    const [first, step] = [random.below(ITEMS), 1 + random.below(2)];
    return `u${user} ${Array.from({ length: LENGTH }, (_item, i) => `i${(first + i * step) % ITEMS}`).join(" ")}`;
  }).join("\n");
}

it("tells a line per model, and what is learnt beats what is popular", async () => {
  const folder = await testFolder();
  try {
    const file = path.join(folder.path, "users.txt");
    await writeFile(file, lines());
    const { code, out, err } = await stoa("evaluate", "recommendation", file, "--minutes", "5");
    expect([code, err]).toEqual([0, expect.stringContaining(`${USERS} users × ${ITEMS} items`)]);
    const told = out
      .trim()
      .split("\n")
      .map((line) => /^(\S+) HR@10 (\d\.\d{4}) NDCG@10 \d\.\d{4}$/.exec(line));
    const first = new Map(told.map((found) => [found?.[1] ?? "", Number(found?.[2])]));
    expect([...first.keys()]).toEqual(MODELS);
    const hits = (model: string): number => first.get(model) ?? Number.NaN;
    for (const model of MODELS.slice(2)) expect([model, hits(model) > hits("popularity")]).toEqual([model, true]);
  } finally {
    await folder.remove();
  }
}, 300_000);
