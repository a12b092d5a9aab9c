import { createTakeouts } from "../../../../bin/takeout/takeouts";
import { takeoutText, type TakeoutSources } from "../../../../bin/takeout/takeout-text";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Kept } from "../../../../models";
import type { AnyAggregate } from "../../../../models/kernel/aggregate";
import { namedBy } from "../../../../models/kernel/about";
import type { Model } from "../../../../models/kernel/model";
import { createPersonal } from "../../../../models/kernel/personal";
import type { Row } from "../../../../models/kernel/row";
import { openedLines, sealedLines } from "../../../../models/kernel/sealed-text";
import { createSubjectKeys, memoryKeyRows } from "../../../../models/kernel/subject-keys";
import { jobPaths } from "../../../../services/gateway/job-paths";
import { memoryHistories } from "../../../support/memory-histories";
import { rowAfter } from "../../../support/rows";

const SAM = "sam-1";
const models: readonly Model[] = [
  {
    aggregate: "note",
    personal: { subject: ({ by }) => (typeof by === "string" ? by : null), fields: ["text", "pin"] },
    secret: ["pin"],
  },
  { aggregate: "parcel", about: namedBy("customerId") },
  { aggregate: "price" },
];
const kept = models.map((model): Kept => ({ model, aggregate: { name: model.aggregate } as AnyAggregate }));
const keys = createSubjectKeys(memoryKeyRows(), "a secret of at least thirty-two characters");

async function mall() {
  const histories = new Map(models.map(({ aggregate }) => [aggregate, memoryHistories(aggregate)]));
  const personal = new Map(models.map((model) => [model.aggregate, createPersonal(model, keys)]));
  const of = (name: string) => histories.get(name) ?? memoryHistories(name);
  const write = async (name: string, before: Row | null, more: { id: string; state: object }): Promise<Row> => {
    const parts = (await personal.get(name)?.seal({ state: more.state, events: [] })) ?? { state: null, events: [] };
    const row = rowAfter(before, { id: more.id, ...parts });
    await of(name).insert([row], true);
    return row;
  };
  const note = (by: string, text: string) => ({ by, text, pin: `pin-of-${by}` });
  const first = await write("note", null, { id: "n1", state: note(SAM, "marker-one") });
  await write("note", first, { id: "n1", state: note(SAM, "marker-two") });
  await write("note", null, { id: "n2", state: note("mia-1", "marker-of-mia") });
  await write("parcel", null, { id: "p1", state: { customerId: SAM, weight: 3 } });
  await write("parcel", null, { id: "p2", state: { customerId: "mia-1", weight: 4 } });
  await write("price", null, { id: "x", state: { customerId: SAM } });
  const sources: TakeoutSources = {
    kept,
    histories: of,
    reveal: async (name, row) => (await personal.get(name)?.reveal([row]))?.[0] ?? row,
    lists: {
      looks: async function* (person) {
        yield await Promise.resolve({ at: "2026-01-01", of: person });
      },
    },
  };
  return { sources };
}

async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const part of parts) text += part;
  return text;
}

const FAR = "9999-01-01T00:00:00.000Z";
interface Document {
  readonly person: string;
  readonly things: { readonly kind: string; readonly id: string; readonly version: number; readonly state: object }[];
  readonly looks: object[];
  readonly pieces: number;
}

describe("what somebody takes along", () => {
  it("is every version of all that is theirs, in clear, and nothing of anybody else", async () => {
    const { sources } = await mall();
    const told: number[] = [];
    const progress = (looked: number): void => void told.push(looked);
    const text = await textOf(takeoutText({ sources, person: SAM, until: FAR, progress }));
    const found = JSON.parse(text) as Document;
    expect(found.things.map(({ kind, id, version }) => `${kind}/${id}@${version}`)).toEqual([
      "note/n1@1",
      "note/n1@2",
      "parcel/p1@1",
    ]);
    expect(found.things[1]?.state).toEqual({ by: SAM, text: "marker-two", pin: { sealed: true } });
    expect(found).toMatchObject({ person: SAM, looks: [{ of: SAM }], pieces: 4 });
    expect(text).not.toMatch(/mia|pin-of/);
    expect(told.at(-1)).toBe(5);
  });

  it("is what there was at its moment", async () => {
    const { sources } = await mall();
    const takeout = { sources, person: SAM, until: "2000-01-01", progress: () => undefined };
    expect(JSON.parse(await textOf(takeoutText(takeout)))).toMatchObject({ things: [] });
  });
});

describe("the file", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "stoa-takeout-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("holds nothing in clear, is opened by the person's key and ends with it", async () => {
    const { sources } = await mall();
    const takeouts = createTakeouts({ sources, key: (person) => keys.create(person) });
    const { signal } = new AbortController();
    const fractions: number[] = [];
    const progress = ({ fraction }: { readonly fraction: number }): void => void fractions.push(fraction);
    await takeouts.write({ id: "job-1", person: SAM, folder, signal, progress });
    const file = await readFile(jobPaths(folder).takeout("job-1"), "utf8");
    expect(file).not.toMatch(/marker|sam|things/);
    expect(fractions.at(-1)).toBe(1);
    const lines = async function* () {
      yield* await Promise.resolve(file.trim().split("\n"));
    };
    const text = await textOf(openedLines(await keys.create(SAM), "job-1", lines()));
    expect(text).toContain("marker-two");
    await expect(textOf(openedLines(await keys.create("mia-1"), "job-1", lines()))).rejects.toThrow();
    await keys.destroy(SAM);
    await expect(
      takeouts.write({ id: "job-2", person: SAM, folder, signal, progress: () => undefined }),
    ).rejects.toMatchObject({ type: "SUBJECT_ERASED" });
  });

  const key = Buffer.alloc(32, 7);
  const listOf = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
    const all: T[] = [];
    for await (const item of items) all.push(item);
    return all;
  };
  const from = async function* (parts: readonly string[]) {
    yield* await Promise.resolve(parts);
  };

  it.each([
    ["whole", (lines: string[]) => lines, null],
    ["without its end", (lines: string[]) => lines.slice(0, -1), /cut off/],
    ["with two lines changed about", ([a = "", b = "", ...rest]: string[]) => [b, a, ...rest], /./],
    ["with a line twice", ([a = "", ...rest]: string[]) => [a, a, ...rest], /./],
    ["empty", () => [], /cut off/],
  ])("is read %s", async (_how, change, fails) => {
    const parts = ["a", "b", "c"].map((letter) => letter.repeat(40_000));
    const lines = (await listOf(sealedLines(key, "t", from(parts)))).map((line) => line.trim());
    expect(lines.length).toBe(4);
    const read = textOf(openedLines(key, "t", from(change(lines))));
    if (fails === null) expect(await read).toBe(parts.join(""));
    else await expect(read).rejects.toThrow(fails);
  });
});
