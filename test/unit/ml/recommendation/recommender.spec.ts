import { learnLists } from "../../../../ml/recommendation/learn-lists";
import { createRecommender } from "../../../../ml/recommendation/recommender";
import { sequencesOf, spanOfList } from "../../../../ml/recommendation/sequences";
import { createVisitors, type Deed } from "../../../../ml/recommendation/visitors";

const NAMES = ["lamp", "bulb", "shade", "mug", "tea", "pot", "honey"];
const numbered = (...lists: string[][]) =>
  sequencesOf(lists.map((list) => spanOfList(list.map((name) => NAMES.indexOf(name)))));
const learnt = learnLists(
  numbered(
    ["lamp", "bulb", "shade"],
    ["lamp", "bulb"],
    ["mug", "tea", "honey"],
    ["pot", "tea", "honey"],
    ["mug", "tea"],
  ),
  NAMES,
);

function mall(visitorsMax = 100) {
  const visitors = createVisitors(visitorsMax);
  let now = 1_000_000;
  const recommender = createRecommender(learnt, visitors, () => now);
  const tell = (visitor: string, item: string, deed: Deed = "view") =>
    visitors.tell({ visitor, item, deed, atMs: (now += 2_000) });
  return { visitors, recommender, tell, later: (ms: number) => (now += ms) };
}

const items = (shown: readonly { item: string }[]) => shown.map(({ item }) => item);

describe("for you", () => {
  it("knows of a click at the next request, and says because of what", () => {
    const { recommender, tell } = mall();
    const ask = { kind: "for-you", visitor: "mia", limit: 2 } as const;
    expect(recommender.ask(ask)).toEqual([]);
    tell("mia", "lamp");
    expect(recommender.ask(ask)).toMatchObject([
      { item: "bulb", because: { item: "lamp" } },
      { item: "shade", because: { item: "lamp" } },
    ]);
    tell("mia", "mug");
    expect(recommender.ask(ask)[0]).toMatchObject({ item: "tea", because: { item: "mug" } });
  });

  it("shows somebody new what others take, and nobody what is not allowed", () => {
    const { recommender, tell } = mall();
    tell("ann", "pot");
    tell("ann", "mug");
    tell("bob", "mug");
    expect(items(recommender.ask({ kind: "for-you", visitor: "new", limit: 5 }))).toEqual(["mug", "pot"]);
    const allowed = (item: string) => item !== "mug";
    expect(items(recommender.ask({ kind: "for-you", visitor: "new", limit: 5, allowed }))).toEqual(["pot"]);
  });
});

describe("the other kinds", () => {
  it("are what they say", () => {
    const { recommender, tell } = mall();
    tell("mia", "lamp");
    tell("mia", "tea");
    tell("mia", "lamp");
    const ask = (kind: "similar" | "bought-together" | "complete-the-cart" | "recently-viewed", of?: string[]) =>
      items(recommender.ask({ kind, visitor: "mia", limit: 3, ...(of ? { items: of } : {}) }));
    expect(ask("recently-viewed")).toEqual(["lamp", "tea"]);
    expect(ask("similar", ["lamp"])[0]).toBe("bulb");
    expect(ask("bought-together", ["tea"])).toContain("honey");
    expect(ask("complete-the-cart", ["mug", "tea"])[0]).toBe("honey");
  });

  it("do not show what was bought unless told to, and vary by group", () => {
    const { recommender, tell } = mall();
    tell("mia", "bulb", "buy");
    const similar = { kind: "similar", visitor: "mia", items: ["lamp"], limit: 5 } as const;
    expect(items(recommender.ask(similar))).toEqual(["shade"]);
    expect(items(recommender.ask({ ...similar, boughtToo: true }))).toContain("bulb");
    const grouped = { ...similar, boughtToo: true, groupOf: () => "light", perGroup: 1 };
    expect(recommender.ask(grouped)).toHaveLength(1);
  });
});

describe("trending", () => {
  it("fades: a few takes now beat many of long ago", () => {
    const { recommender, tell, later } = mall();
    for (let i = 0; i < 20; i++) tell(`v${i}`, "pot");
    later(3 * 24 * 3_600_000);
    tell("ann", "tea");
    expect(items(recommender.ask({ kind: "trending", visitor: "x", limit: 2 }))).toEqual(["tea", "pot"]);
  });
});

it("forgets who was not seen for longest, and stays within its bound", () => {
  const { visitors, tell } = mall(3);
  for (const visitor of ["a", "b", "c", "d"]) tell(visitor, "pot");
  expect([visitors.size(), visitors.historyOf("a").length, visitors.historyOf("d").length]).toEqual([3, 0, 1]);
});

it("takes a new model between two requests; the same sequences give the same hash", () => {
  const { recommender, tell } = mall();
  tell("mia", "lamp");
  const other = learnLists(numbered(["lamp", "honey"], ["lamp", "honey"]), NAMES);
  recommender.replace(other);
  expect(items(recommender.ask({ kind: "for-you", visitor: "mia", limit: 1 }))).toEqual(["honey"]);
  expect(recommender.hash()).toBe(other.hash);
  expect(other.hash).not.toBe(learnt.hash);
  expect(learnLists(numbered(["lamp", "honey"], ["lamp", "honey"]), NAMES).hash).toBe(other.hash);
});
