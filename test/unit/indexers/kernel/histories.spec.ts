import fc from "fast-check";
import { ahead, newestPages, type Page } from "../../../../indexers/kernel/histories";
import type { Row } from "../../../../models/kernel/row";
import { memoryHistories, type MemoryHistories } from "../../../support/memory-histories";
import { rowAfter } from "../../../support/rows";
import { eventually } from "../../../support/eventually";

/** A history in which each aggregate has as many versions as said. */
async function historyOf(versions: readonly number[]): Promise<MemoryHistories> {
  const history = memoryHistories("thing");
  for (const [n, count] of versions.entries()) {
    const id = `t-${String(n).padStart(3, "0")}`;
    let row: Row | null = null;
    for (let version = 1; version <= count; version++) {
      row = rowAfter(row, { id, state: { version }, commandId: `${id}-${version}` });
      await history.insert([row], true);
    }
  }
  return history;
}

async function pagesOf(history: MemoryHistories, limit: number, after = ""): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of newestPages(history, after, limit)) {
    pages.push(page);
    if (pages.length > 1_000) throw new Error("the pages do not end");
  }
  return pages;
}

const given = (pages: readonly Page[]): string[] =>
  pages.flatMap(({ commits }) => commits.map(({ aggregateId, version }) => `${aggregateId}@${version}`));

const newest = (versions: readonly number[]): string[] =>
  versions.flatMap((count, n) => (count > 0 ? [`t-${String(n).padStart(3, "0")}@${count}`] : []));

const histories = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 12 });
const limits = fc.integer({ min: 1, max: 9 });

describe("pages of newest commits", () => {
  it("give each aggregate once, at its newest, wherever the borders of the pages fall", async () => {
    await fc.assert(
      fc.asyncProperty(histories, limits, async (versions, limit) => {
        expect(given(await pagesOf(await historyOf(versions), limit))).toEqual(newest(versions));
      }),
    );
  });

  it("go on from any page's cursor without losing anybody", async () => {
    await fc.assert(
      fc.asyncProperty(histories, limits, fc.nat(), async (versions, limit, pick) => {
        const history = await historyOf(versions);
        const pages = await pagesOf(history, limit);
        const stopped = pages.slice(0, (pick % pages.length) + 1);
        const rest = await pagesOf(history, limit, stopped.at(-1)?.cursor);
        const whole = new Set([...given(stopped), ...given(rest)]);
        expect([...whole]).toEqual(newest(versions));
      }),
    );
  });

  it("hold an aggregate back that ends on the border, for it may go on", async () => {
    const pages = await pagesOf(await historyOf([2, 2, 1]), 2);
    expect(pages.map((page) => given([page]))).toEqual([[], ["t-000@2"], ["t-001@2", "t-002@1"]]);
  });

  it("read an aggregate with more versions than a page holds to its end", async () => {
    expect(given(await pagesOf(await historyOf([9, 1]), 2))).toEqual(["t-000@9", "t-001@1"]);
  });

  it("are one empty page where there is no history", async () => {
    expect(await pagesOf(await historyOf([]), 3)).toEqual([{ commits: [], rows: 0, cursor: "" }]);
  });
});

describe("pages asked for ahead", () => {
  async function* numbers(asked: number[], failAt = Infinity): AsyncGenerator<number> {
    for (let n = 1; n <= 4; n++) {
      asked.push(n);
      if (n === failAt) throw new Error(`no page ${n}`);
      yield await Promise.resolve(n);
    }
  }

  it("come in their order, one of them on its way while the last one is worked on", async () => {
    const asked: number[] = [];
    const seen: [number, number][] = [];
    for await (const n of ahead(numbers(asked))) {
      await eventually("the next one is asked for", () => asked.length === Math.min(4, n + 1));
      seen.push([n, asked.length]);
    }
    expect(seen).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 4],
    ]);
  });

  it("fail where the page that cannot be read would have come", async () => {
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      for await (const n of ahead(numbers([], 3))) seen.push(n);
    };
    await expect(read()).rejects.toThrow("no page 3");
    expect(seen).toEqual([1, 2]);
  });
});
