/** What analysts see names nobody. */
import { recordFields } from "../../../indexers/analytics";
import { kept } from "../../../models";
import type { Market } from "./market";

export function nothingPersonal(market: () => Market): void {
  describe("nothing personal is in the records:", () => {
    test("no field that any model declares as somebody's", () => {
      const personal = new Set(
        kept.flatMap(({ model }) => model.personal?.fields ?? []).map((name) => name.split(".").at(-1)),
      );
      expect(personal.size).toBeGreaterThan(5);
      const fields = Object.values(recordFields).flat();
      // a process has a name, and a product a title, as people and their reviews do
      const others = ["service.node.name", "stoa.product.title"];
      const theirs = fields.filter((field) => personal.has(field.split(".").at(-1)));
      expect(theirs.filter((field) => !others.includes(field))).toEqual([]);
    });

    test("no name, address or word of anybody", async () => {
      const { client, namespace } = market().search;
      const { hits } = await client.search({ index: `${namespace}-analytics-*`, size: 1_000 });
      const text = JSON.stringify(hits.hits.map(({ _source }) => _source));
      expect(hits.hits.length).toBeGreaterThan(40);
      const words = ['"mia"', "Muster", "Lichtweg", "mia@example.com", "a word of", "phone", "tok_ok"];
      expect(words.filter((word) => text.includes(word))).toEqual([]);
    });
  });
}
