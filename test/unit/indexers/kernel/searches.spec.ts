/** Searches that are asked for within one turn travel as one request, and each has its own answer. */
import type { Client } from "@elastic/elasticsearch";
import { createSearching, type Searched } from "../../../../indexers/kernel/searches";

const search = (index: string): Searched => ({
  index,
  query: { match_all: {} },
  sort: ["id"],
  size: 5,
  _source: false,
});

function opened(answer: (indices: readonly string[]) => object[]) {
  const later: (() => void)[] = [];
  const sent: string[][] = [];
  const msearch = ({ searches }: { searches: readonly { index?: string }[] }): Promise<object> => {
    const indices = searches.flatMap(({ index }) => index ?? []);
    sent.push(indices);
    return Promise.resolve({ responses: answer(indices) });
  };
  const client = { msearch } as unknown as Client;
  const ask = createSearching(client, (work) => later.push(work));
  return { ask, sent, turn: () => later.splice(0).forEach((work) => work()) };
}

const hit = (id: string): object => ({ status: 200, hits: { hits: [{ _id: id }] } });

it("gathers those of a turn, and gives each its hits", async () => {
  const { ask, sent, turn } = opened((indices) => indices.map((index) => hit(`of-${index}`)));
  const asked = ["a", "b", "c"].map((index) => ask(search(index)));
  turn();
  expect((await Promise.all(asked)).map(([first]) => first?._id)).toEqual(["of-a", "of-b", "of-c"]);
  const next = ask(search("d"));
  turn();
  await next;
  expect(sent).toEqual([["a", "b", "c"], ["d"]]);
});

it("sends no more than 64 at once, and takes an answer without hits for none", async () => {
  const { ask, sent, turn } = opened((indices) => indices.map(() => ({ status: 200 })));
  const asked = Array.from({ length: 70 }, () => ask(search("a")));
  turn();
  expect(new Set((await Promise.all(asked)).map((hits) => hits.length))).toEqual(new Set([0]));
  expect(sent.map(({ length }) => length)).toEqual([64, 6]);
});

it("lets one fail alone, with what the engine said", async () => {
  const error = { type: "index_not_found_exception", reason: "no such index" };
  const { ask, turn } = opened(() => [hit("1"), { status: 404, error }, { status: 400, error: { type: "parsing" } }]);
  const [good, missing, wrong] = ["a", "b", "c"].map((index) => ask(search(index)));
  turn();
  expect(await good).toHaveLength(1);
  await expect(missing).rejects.toMatchObject({ type: "SEARCH_UNAVAILABLE" });
  await expect(wrong).rejects.toThrow("The search engine refused a search (400): parsing");
});
