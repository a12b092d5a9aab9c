import { missed } from "../../../../services/kernel/positions";
import { reconcile, type Cursor } from "../../../../services/kernel/reconcile";
import { testReader } from "../../../support/delivery";
import { memoryHistories } from "../../../support/memory-histories";
import { chainOf } from "../../../support/rows";

async function filled() {
  const things = memoryHistories("thing");
  for (let i = 0; i < 20; i++) {
    await things.insert(chainOf(`t-${String(i).padStart(2, "0")}`, [...Array((i % 7) + 1).keys()]), true);
  }
  const others = memoryHistories("other");
  await others.insert(chainOf("o-1", [1, 2, 3]), true);
  return [things, others];
}

test.each([1, 2, 3, 5, 7, 100])("the newest of each aggregate, with pages of %i", async (pageSize) => {
  const histories = await filled();
  const reader = testReader("r", ["thing", "other"]);
  const done = await reconcile(reader, histories, { pageSize });
  expect(done).toEqual({ rows: 77 + 3, commits: 21 });
  expect(reader.seen.size).toBe(21);
  expect(reader.seen.get("thing/t-06@7")).toBe(1);
  expect(reader.seen.get("other/o-1@3")).toBe(1);
});

test("every version, for a reader that wants them", async () => {
  const reader = testReader("r", ["thing"], false);
  expect(await reconcile(reader, await filled(), { pageSize: 4 })).toEqual({ rows: 77, commits: 77 });
});

test.each([true, false])("goes on at its cursor wherever it was cut, heads only: %p", async (heads) => {
  const histories = await filled();
  for (let cut = 1; cut < 20; cut++) {
    const reader = testReader("r", ["thing", "other"], heads);
    const stop = new AbortController();
    let cursor: Cursor | null = null;
    let pages = 0;
    await reconcile(reader, histories, {
      pageSize: 5,
      signal: stop.signal,
      onProgress: (_done, at) => {
        cursor = at;
        if (++pages === cut) stop.abort();
      },
    });
    await reconcile(reader, histories, { pageSize: 5, from: cursor });
    expect(reader.seen.size).toBe(heads ? 21 : 80);
  }
});

test("an aggregate without history is an error that says what to do", async () => {
  await expect(reconcile(testReader("r", ["none"]), await filled())).rejects.toThrow(/list of models/);
});

describe("what tells that something was missed", () => {
  const seen = { streamCreated: "a", consumerCreated: "b", lastSeq: 100, readTo: 90 };
  test.each([
    [null, seen, 1, /never/],
    [seen, { ...seen, streamCreated: "z" }, 1, /stream was made anew/],
    [seen, { ...seen, consumerCreated: "z" }, 1, /consumer was made anew/],
    [seen, { ...seen, lastSeq: 99 }, 1, /lost its end/],
    [seen, { ...seen, lastSeq: 200, readTo: 200 }, 92, /went before/],
  ])("%#", (before, now, firstSeq, why) => expect(missed(before, now, firstSeq)).toMatch(why));

  test("nothing, when all that is gone was read", () => expect(missed(seen, { ...seen, lastSeq: 200 }, 91)).toBeNull());
});
