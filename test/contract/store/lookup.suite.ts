/** What whoever keeps "who names this key" must do. */
import type { Lookup } from "../../../services/kernel/lookup";

export function lookupSuite(name: string, make: () => Promise<{ lookup: Lookup; close: () => Promise<void> }>): void {
  describe(`who names a key, ${name}`, () => {
    let made: Awaited<ReturnType<typeof make>>;
    beforeEach(async () => {
      made = await make();
    });
    afterEach(() => made.close());
    const naming = (_id: string, version: number, ...keys: string[]) => ({ _id, version, keys });

    test("the newest version counts, in whatever order they come", async () => {
      const { lookup } = made;
      await lookup.project([naming("a", 2, "stock/p"), naming("b", 1, "stock/p", "price/p")]);
      await lookup.project([naming("a", 1, "price/q")]);
      await lookup.project([naming("a", 2, "price/q")]);
      expect(await lookup.page(["stock/p"], "", 10)).toEqual(["a", "b"]);
      expect(await lookup.count("price/q")).toBe(0);
      await lookup.project([naming("a", 3)]);
      expect(await lookup.page(["stock/p", "price/p"], "", 10)).toEqual(["b"]);
      expect([await lookup.count("stock/p"), await lookup.count("price/p")]).toEqual([1, 1]);
    });

    test("tells which keys anybody names now, of those that were never named and of those that were", async () => {
      const { lookup } = made;
      await lookup.project([naming("a", 1, "stock/p", "stock/q")]);
      await lookup.project([naming("a", 2, "stock/q")]);
      expect(await lookup.named(["stock/p", "stock/q", "stock/r"])).toEqual(new Set(["stock/q"]));
      expect(await lookup.named([])).toEqual(new Set());
    });

    test("pages through thousands, each once, however many keys they name", async () => {
      const { lookup } = made;
      const ids = Array.from({ length: 2_500 }, (_, i) => `l${String(i).padStart(5, "0")}`);
      await lookup.project(ids.map((id) => naming(id, 1, "stock/p", "price/p")));
      const seen: string[] = [];
      for (let page = await lookup.page(["stock/p", "price/p"], "", 1_000); page.length > 0;) {
        seen.push(...page);
        page = await lookup.page(["stock/p", "price/p"], seen.at(-1) ?? "", 1_000);
      }
      expect(seen).toEqual(ids);
      expect(await lookup.count("price/p")).toBe(2_500);
    });
  });
}
