/** In which order products come, and page by page. */
import { isRefusal } from "../../../models/kernel/refusal";
import type { ProductHits } from "../../../models/product/product.search.contract";
import { useShelves } from "./shelves";

const { ask, ids, sorted } = useShelves();

test("sorts by price and by age", async () => {
  const dear = ["macbook", "thinkpad", "zenbook", "adapter", "bag", "lamp"];
  expect(await ids({ sort: "price-desc" })).toEqual(dear);
  expect(await ids({ sort: "price-asc" })).toEqual(["bag", "adapter", "zenbook", "thinkpad", "macbook", "lamp"]);
  expect((await ids({ sort: "newest" }))[0]).toBe("lamp");
});

test.each(["relevance", "price-asc", "price-desc", "newest"] as const)(
  "pages by %s without gap or double",
  async (sort) => {
    for (const q of ["", "notebook"]) {
      const whole = await ids({ q, sort });
      const paged: string[] = [];
      let cursor: string | null = null;
      do {
        const page: ProductHits = await ask({ q, sort, limit: 2, ...(cursor !== null && { cursor }) });
        paged.push(...page.items.map(({ id }) => id));
        cursor = page.cursor;
      } while (cursor !== null);
      expect(paged).toEqual(whole);
    }
  },
);

test("refuses a cursor of another search", async () => {
  const { cursor } = await ask({ limit: 1 });
  const refusal = await ask({ q: "lamp", cursor: cursor ?? "" }).catch((error: unknown) => error);
  expect(isRefusal(refusal, "CURSOR_INVALID")).toBe(true);
});

test("puts the best rated first, and leaves out what is rated less than asked", async () => {
  const rated = await ids({ sort: "rating", q: "notebook" });
  expect(rated.slice(0, 3)).toEqual(["zenbook", "bag", "adapter"]);
  expect(await ids({ sort: "rating", ratingMin: 4 })).toEqual(["zenbook", "bag"]);
  expect(await sorted({ ratingMin: 1 })).toEqual(["adapter", "bag", "zenbook"]);
});
