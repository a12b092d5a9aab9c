/** What every implementation of `Histories` must do: the same tests for the one in memory and the one in MongoDB. */
import type { Histories } from "../../../models/kernel/histories";
import type { Row } from "../../../models/kernel/row";
import { rowsOf } from "../../support/commits";
import { chainOf, rowAfter } from "../../support/rows";

export interface MadeHistories {
  readonly histories: Histories;
  close(): Promise<void>;
}

const ids = (rows: readonly Row[]): string[] => rows.map(({ _id }) => _id);

function at(rows: readonly Row[], index: number): Row {
  const row = rows[index];
  if (!row) throw new Error(`there is no row ${index}`);
  return row;
}

async function pagesOf(next: (after: Row | null) => Promise<readonly Row[]>): Promise<Row[]> {
  const all: Row[] = [];
  for (let page = await next(null); page.length > 0; page = await next(page.at(-1) ?? null)) all.push(...page);
  return all;
}

/** `make` gives an empty history of an aggregate of schema 1. */
export function historiesSuite(name: string, make: () => Promise<MadeHistories>): void {
  describe(`histories ${name}`, () => {
    let made: MadeHistories;
    let histories: Histories;

    beforeEach(async () => {
      made = await make();
      histories = made.histories;
    });
    afterEach(() => made.close());

    test("rows come back as they were stored", async () => {
      const rows = chainOf("a", [{ n: 1, nested: { list: [1, "two", null, true] } }, { n: 2 }]);
      expect(await histories.insert(rows, true)).toEqual(["inserted", "inserted"]);
      expect(await histories.page("a", 0, 10)).toEqual(rows);
      expect(await histories.count()).toBe(2);
    });

    test("a version exists once: a conflict changes nothing, and what follows it is not tried", async () => {
      const rows = chainOf("a", [1, 2, 3]);
      await histories.insert(rows.slice(0, 2), true);
      const rival = rowAfter(at(rows, 0), { id: "a", state: "rival", commandId: "other" });
      const next = rowAfter(rival, { id: "a", state: 3 });
      expect(await histories.insert([rival, next], true)).toEqual(["conflict", "untried"]);
      expect(await histories.page("a", 0, 10)).toEqual(rows.slice(0, 2));
    });

    test("a command exists once per aggregate, and is free in another", async () => {
      const first = rowAfter(null, { id: "a", state: 1, commandId: "c" });
      const repeated = rowAfter(first, { id: "a", state: 2, commandId: "c" });
      expect(await histories.insert([first, repeated], true)).toEqual(["inserted", "conflict"]);
      expect(await histories.insert([rowAfter(null, { id: "b", state: 1, commandId: "c" })], true)).toEqual([
        "inserted",
      ]);
    });

    test("unordered goes on after a conflict", async () => {
      const [a, b, c] = ["a", "b", "c"].map((id) => at(chainOf(id, [1]), 0));
      if (!a || !b || !c) throw new Error("no rows");
      await histories.insert([b], false);
      expect(await histories.insert([a, b, c], false)).toEqual(["inserted", "conflict", "inserted"]);
      expect(await histories.count()).toBe(3);
    });

    test("racing inserts of one version: exactly one wins", async () => {
      const rivals = [...Array(10).keys()].map((n) =>
        rowAfter(null, { id: "a", state: { n }, commandId: `command-${n}` }),
      );
      const outcomes = await Promise.all(rivals.map((row) => histories.insert([row], true)));
      expect(outcomes.flat().sort()).toEqual([...Array<string>(9).fill("conflict"), "inserted"]);
      expect(await histories.count()).toBe(1);
    });

    test("newest and standing", async () => {
      const [a, b] = [chainOf("a", [1, 2, 3]), chainOf("b", [1])];
      for (const rows of [a, b]) await histories.insert(rows, true);
      const newest = await histories.newest(["a", "b", "none"]);
      expect([...newest.keys()].sort()).toEqual(["a", "b"]);
      expect(newest.get("a")).toEqual(at(a, 2));
      const known = at(a, 1);
      const standing = await histories.standing("a", [known.command.id, "unheard of"]);
      expect(standing.newest).toEqual(at(a, 2));
      expect([...standing.byCommand]).toEqual([[known.command.id, known]]);
      expect(await histories.standing("none", ["x"])).toEqual({ newest: null, byCommand: new Map() });
    });

    test("as of a version and as of a moment", async () => {
      const rows = chainOf("a", [1, 2, 3]);
      await histories.insert(rows, true);
      expect(await histories.asOf("a", { version: 2 })).toEqual(at(rows, 1));
      expect(await histories.asOf("a", { version: 9 })).toEqual(at(rows, 2));
      expect(await histories.asOf("a", { committedAt: at(rows, 1).committedAt })).toEqual(at(rows, 1));
      expect(await histories.asOf("a", { committedAt: "2000-01-01T00:00:00.000Z" })).toBeNull();
      expect(await histories.asOf("none", { version: 1 })).toBeNull();
    });

    test("as of each moment of a long history, of whose versions several were recorded at once", async () => {
      // three versions in each millisecond of its beginning, and one in each ten of its end
      const stampOf = (n: number): number => (n < 900 ? Math.floor(n / 3) : n * 10);
      const isoOf = (ms: number): string => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();
      const rows = chainOf("a", [...Array(1_500).keys()]).map((row, n) => ({ ...row, committedAt: isoOf(stampOf(n)) }));
      await histories.insert(rows, true);
      for (const ms of [-1, 0, 1, 150, 298, 299, 300, 8_999, 9_000, 9_001, 12_345, 14_989, 14_990, 20_000]) {
        const held = rows.findLast(({ committedAt }) => committedAt <= isoOf(ms)) ?? null;
        expect((await histories.asOf("a", { committedAt: isoOf(ms) }))?._id).toBe(held?._id);
      }
    });

    test("as of a moment of business time, which may go back", async () => {
      const days = ["2026-01-05", "2026-01-01", "2026-01-03"].map((day) => `${day}T00:00:00.000Z`);
      const rows = chainOf("a", [1, 2, 3]).map((row, n) => ({ ...row, occurredAt: days[n] ?? "" }));
      await histories.insert(rows, true);
      const held = async (at: string) => (await histories.asOf("a", { occurredAt: at }))?.version;
      const found = ["2025-12-31", "2026-01-02", "2026-01-04", "2026-01-06"].map((day) => held(`${day}T00:00:00.000Z`));
      expect(await Promise.all(found)).toEqual([undefined, 2, 3, 3]);
    });

    test("pages of one aggregate, and of all by row id", async () => {
      const [a, b] = [chainOf("a", [1, 2, 3, 4, 5]), chainOf("b", [1, 2])];
      for (const rows of [b, a]) await histories.insert(rows, true);
      expect(await histories.page("a", 2, 2)).toEqual(a.slice(2, 4));
      const scanned = await pagesOf((after) => histories.scan(after?._id ?? "", 3));
      expect(scanned).toEqual([...a, ...b]);
    });

    test("unpublished pages go aggregate by aggregate, oldest first, and lose what is marked", async () => {
      const [b, a, c] = [rowsOf({ id: "b", versions: 4 }), rowsOf({ id: "a", versions: 12 }), rowsOf({ id: "c" })];
      for (const rows of [a, b, c]) await histories.insert(rows, true);
      const all = [...a, ...b, ...c];
      for (const limit of [1, 3, 5, 100]) {
        const paged = await pagesOf((after) => histories.unpublished(after, limit));
        expect(ids(paged)).toEqual(ids(all));
      }
      const until = at(a, 5).hlc;
      const old = await pagesOf((after) => histories.unpublished(after, 2, until));
      expect(ids(old)).toEqual(ids(all.filter(({ hlc }) => hlc <= until)));
      const marked = [at(a, 0), at(a, 5), at(c, 0)];
      await histories.markPublished(ids(marked));
      await histories.markPublished(ids([at(a, 0)]));
      const left = await pagesOf((after) => histories.unpublished(after, 4));
      expect(ids(left)).toEqual(ids(all.filter((row) => !marked.includes(row))));
      expect(await histories.asOf("c", { version: 1 })).toEqual({ ...at(c, 0), published: true });
    });
  });
}
