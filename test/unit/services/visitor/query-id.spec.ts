/** Ids of searches: they carry a key of the words and no word, and none is made up. */
import { keyIn, newQueryId, placeIn, queryKeyOf } from "../../../../services/visitor/query-id.service";
import { createPepper } from "../../../../services/kernel/pepper";

const pepper = createPepper("a secret of the tests, long enough to sign");

it("carries the key of the words, the same however they are typed, and not the words", () => {
  const id = newQueryId(pepper, "  Blue LAMP ");
  expect(keyIn(pepper, id)).toBe(queryKeyOf(pepper, "blue lamp"));
  expect(id).not.toMatch(/blue|lamp/i);
  expect(newQueryId(pepper, "blue lamp")).not.toBe(id);
});

it.each([
  ["another mall's", () => newQueryId(createPepper("another secret, also long enough to sign"), "lamp")],
  ["one with the key of other words", () => newQueryId(pepper, "lamp").replace(/\.\w{32}\./, `.${"a".repeat(32)}.`)],
  ["what a browser made up", () => "5dfcb594-a534-4cc2-9e57-4e49c4abfe1e"],
])("is not %s", (_what, made) => expect(keyIn(pepper, made())).toBeNull());

it.each([
  [{ channel: "main", section: "outlet" }],
  [{ channel: "main" }],
  [{ section: "outlet" }],
  [{}],
  // too long to be carried: whoever tells of the search says it
  [{ channel: "main", section: "s".repeat(80) }, {}],
])("says where was searched: %j", (place, said = place) => {
  const id = newQueryId(pepper, "lamp", { place });
  expect([placeIn(pepper, id), keyIn(pepper, id)]).toEqual([said, queryKeyOf(pepper, "lamp")]);
  expect(placeIn(pepper, id.replace("outlet", "inlet"))).toEqual(id.includes("outlet") ? {} : said);
});
