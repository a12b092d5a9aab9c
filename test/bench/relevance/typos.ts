/** Judged queries with one typo each: as people are known to misspell a word, else as fingers slip. */
import path from "node:path";
import { textOf, type Ratings } from "./chorus";
import type { Random } from "./chance";
import type { Grades } from "./metrics";

/** Ways in which a word is misspelt, by the word. */
export type Misspellings = ReadonlyMap<string, readonly string[]>;

/** Lines `wrong->right, right`; others are comments. */
export async function misspellings(folder: string): Promise<Misspellings> {
  const text = await textOf(path.join(folder, "spelling", "cspell_common_misspellings.txt.gz"));
  const known = new Map<string, string[]>();
  for (const line of text.toLowerCase().split("\n")) {
    const [, wrong = "", right = ""] = /^([a-z]+)->([a-z]+)/.exec(line) ?? [];
    if (wrong !== "") known.set(right, [...(known.get(right) ?? []), wrong]);
  }
  return known;
}

const LENGTH_MIN = 4;
const NEIGHBOURS: Readonly<Record<string, string>> = {
  ...{ a: "sqz", b: "vn", c: "xv", d: "sf", e: "wr", f: "dg", g: "fh", h: "gj", i: "uo", j: "hk", k: "jl", l: "k" },
  ...{ m: "n", n: "bm", o: "ip", p: "o", q: "wa", r: "et", s: "ad", t: "ry", u: "yi", v: "cb", w: "qe", x: "zc" },
  ...{ y: "tu", z: "xa" },
};

const pick = <T>(values: readonly T[], random: Random): T | undefined => values[Math.floor(random() * values.length)];

type Slip = (word: string, at: number, random: Random) => string;

const SLIPS: readonly Slip[] = [
  (word, at) => word.slice(0, at) + word.slice(at + 1),
  (word, at) => word.slice(0, at) + word.charAt(at) + word.slice(at),
  (word, at) => word.slice(0, at - 1) + word.charAt(at) + word.charAt(at - 1) + word.slice(at + 1),
  (word, at, random) => {
    const near = NEIGHBOURS[word.charAt(at)] ?? "e";
    return word.slice(0, at) + near.charAt(Math.floor(random() * near.length)) + word.slice(at + 1);
  },
];

function slipped(word: string, random: Random): string {
  const at = 1 + Math.floor(random() * (word.length - 1));
  return (pick(SLIPS, random) as Slip)(word, at, random);
}

/** Null for a query in which every word is too short to be told from another. */
export function withTypo(q: string, known: Misspellings, random: Random): string | null {
  const words = q.split(" ");
  const long = [...words.keys()].filter((at) => (words[at] ?? "").length >= LENGTH_MIN);
  const at = pick(long, random);
  if (at === undefined) return null;
  if (words.length > 1 && random() < 0.15) return q.replace(" ", "");
  const word = words[at] ?? "";
  const wrong = pick(known.get(word) ?? [], random) ?? slipped(word, random);
  return [...words.slice(0, at), wrong, ...words.slice(at + 1)].join(" ");
}

export interface Mistyped {
  readonly right: string;
  readonly wrong: string;
  readonly grades: Grades;
}

/** Each query with `times` typos of its own, those without a change left out. */
export function mistyped(ratings: Ratings, known: Misspellings, random: Random, times = 3): Mistyped[] {
  const all = [...ratings].flatMap(([right, grades]) =>
    Array.from({ length: times }, () => ({ right, wrong: withTypo(right, known, random), grades })),
  );
  return all.flatMap(({ wrong, ...more }) => (wrong === null || wrong === more.right ? [] : [{ ...more, wrong }]));
}
