/**
 * Reads files of sequences, gzipped or not: `user item item …` or `user item` in time order; sessions `item item …`;
 * cases `item item …<TAB>item`. Names are replaced by numbers in an order by chance: in public files the numbering
 * itself tells when an item came up, and so which one comes next.
 */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { permutation } from "../kernel/random";
import type { Cases, Sequences } from "./sequences";

const ITEMS_MAX = 500_000;
const INTERACTIONS_MAX = 20_000_000;

export type Form = "users" | "pairs" | "sessions";

export interface Names {
  /** The number of a name; a new one where it is new. */
  readonly numberOf: (name: string) => number;
  readonly size: () => number;
}

export function namesOf(what: string): Names {
  const numbers = new Map<string, number>();
  return {
    numberOf: (name) => {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      if (numbers.size >= ITEMS_MAX) throw new Error(`There are more than ${ITEMS_MAX} ${what} in the file.`);
      numbers.set(name, numbers.size);
      return numbers.size - 1;
    },
    size: () => numbers.size,
  };
}

/** The file's lines; of a gzipped one what was in it. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const handle = await open(file, "r");
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close());
  const raw = createReadStream(file);
  const text = buffer[0] === 0x1f && buffer[1] === 0x8b ? raw.pipe(createGunzip()) : raw;
  // a fault of the file must reach whoever reads the lines
  raw.on("error", (error) => text.destroy(error));
  yield* createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
}

const tokensOf = (line: string): string[] => line.split(/[\s,;]+/).filter((token) => token !== "");

class Growing {
  private numbers = new Int32Array(1 << 16);
  length = 0;

  push(value: number): void {
    if (this.length >= INTERACTIONS_MAX) throw new Error(`The file has more than ${INTERACTIONS_MAX} interactions.`);
    if (this.length === this.numbers.length) {
      const wider = new Int32Array(this.numbers.length * 2);
      wider.set(this.numbers);
      this.numbers = wider;
    }
    this.numbers[this.length] = value;
    this.length += 1;
  }

  done(): Int32Array {
    return this.numbers.slice(0, this.length);
  }
}

/** One sequence a line. @param skip tokens before the first item: 1 where a line begins with its user */
export async function readLines(file: string, items: Names, skip: number): Promise<Sequences> {
  const all = new Growing();
  const starts = new Growing();
  starts.push(0);
  for await (const line of linesOf(file)) {
    const tokens = tokensOf(line);
    if (tokens.length <= skip) continue;
    for (const token of tokens.slice(skip)) all.push(items.numberOf(token));
    starts.push(all.length);
  }
  return { starts: starts.done(), items: all.done() };
}

/** One interaction a line; the lines of one user need not stand together. */
async function readPairs(file: string, items: Names): Promise<Sequences> {
  const users = namesOf("users");
  const who = new Growing();
  const what = new Growing();
  for await (const line of linesOf(file)) {
    const [user, item] = tokensOf(line);
    if (user === undefined || item === undefined) continue;
    who.push(users.numberOf(user));
    what.push(items.numberOf(item));
  }
  return grouped(who.done(), what.done(), users.size());
}

function grouped(who: Int32Array, what: Int32Array, users: number): Sequences {
  const starts = new Int32Array(users + 1);
  for (const user of who) starts[user + 1] = (starts[user + 1] as number) + 1;
  for (let user = 0; user < users; user++) starts[user + 1] = (starts[user + 1] as number) + (starts[user] as number);
  const next = starts.slice(0, users);
  const items = new Int32Array(what.length);
  who.forEach((user, i) => {
    items[next[user] as number] = what[i] as number;
    next[user] = (next[user] as number) + 1;
  });
  return { starts, items };
}

/** Of users: pairs where no line has more than two tokens, or a user has several lines. */
export async function formOf(file: string): Promise<Exclude<Form, "sessions">> {
  const firsts = new Set<string>();
  let longest = 0;
  let lines = 0;
  for await (const line of linesOf(file)) {
    const tokens = tokensOf(line);
    if (tokens.length < 2) continue;
    longest = Math.max(longest, tokens.length);
    lines += 1;
    firsts.add(tokens[0] as string);
    if (lines >= 10_000) break;
  }
  return longest <= 2 || firsts.size < lines / 2 ? "pairs" : "users";
}

export async function readUsers(file: string, items: Names): Promise<{ form: Form; sequences: Sequences }> {
  const form = await formOf(file);
  return { form, sequences: form === "pairs" ? await readPairs(file, items) : await readLines(file, items, 1) };
}

/** `item item …<TAB>item`; without a tab the last one is the target. */
export async function readCases(file: string, items: Names): Promise<Cases> {
  const all = new Growing();
  const starts = new Growing();
  const targets = new Growing();
  starts.push(0);
  for await (const line of linesOf(file)) {
    const tokens = tokensOf(line);
    const target = tokens.pop();
    if (target === undefined || tokens.length === 0) continue;
    for (const token of tokens) all.push(items.numberOf(token));
    starts.push(all.length);
    targets.push(items.numberOf(target));
  }
  return { prefixes: { starts: starts.done(), items: all.done() }, targets: targets.done() };
}

/** The same sequences under other numbers. */
export function renumbered({ starts, items }: Sequences, order: Int32Array): Sequences {
  return { starts, items: items.map((item) => order[item] as number) };
}

/** The new number of each item, by chance. */
export const orderOf = (items: Names, seed: number): Int32Array => permutation(items.size(), seed);
