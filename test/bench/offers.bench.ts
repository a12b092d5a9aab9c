/** Do competing offers come in whole: 35,311 of 306 vendors on 13,233 products, and how long does it take? */
import { createSearchClient } from "../../indexers/kernel/client";
import { aliasOf } from "../../indexers/kernel/indices";
import type { Answer } from "./report";
import type { Ask } from "./scale";
import { benchMall, endMall, peakMemoryMb, stoaOrFail } from "./whole-mall";

const FORMAT = "pricerunner";
const EXPECTED = { offers: 35_311, vendors: 306, products: 13_233 };
const NAMESPACE = "stoa";
/** More vendors than there can be. */
const VENDORS_MAX = 10_000;

interface Counted {
  readonly offers: number;
  readonly vendors: number;
  readonly products: number;
  /** Products on which more than one vendor competes. */
  readonly contested: number;
}

/** As the read side holds it, once everything was found. */
async function counted(elasticsearchUrl: string): Promise<Counted> {
  const client = createSearchClient(elasticsearchUrl);
  try {
    const offers = await client.search<unknown, Record<"vendors" | "products", { buckets: { doc_count: number }[] }>>({
      index: aliasOf(NAMESPACE, "offers"),
      size: 0,
      track_total_hits: true,
      query: { term: { status: "open" } },
      aggs: {
        vendors: { terms: { field: "sellerId", size: VENDORS_MAX } },
        products: { terms: { field: "productId", size: EXPECTED.products * 2 } },
      },
    });
    const { count: products } = await client.count({
      index: aliasOf(NAMESPACE, "products"),
      query: { term: { status: "published" } },
    });
    const { total } = offers.hits;
    const perProduct = offers.aggregations?.products.buckets ?? [];
    return {
      offers: typeof total === "number" ? total : (total?.value ?? 0),
      vendors: offers.aggregations?.vendors.buckets.length ?? 0,
      products,
      contested: perProduct.filter(({ doc_count: vendors }) => vendors > 1).length,
    };
  } finally {
    await client.close();
  }
}

const exactly = (question: string, value: number, wanted: number): Answer[] => [
  { question: `${question}: found`, value, unit: "", goal: { atLeast: wanted } },
  { question: `${question}: more than there are`, value: Math.max(0, value - wanted), unit: "", goal: { atMost: 0 } },
];

export async function offersBench({ args: [file] }: Ask): Promise<Answer[]> {
  if (!file) throw new Error("Name the file: npm run bench -- offers pricerunner_aggregate.csv.gz (UCI).");
  const mall = await benchMall({ args: ["--empty"] });
  try {
    const began = performance.now();
    await stoaOrFail("import", FORMAT, file, "--data", mall.dataDir);
    const seconds = Math.round((performance.now() - began) / 1_000);
    const peakMb = await peakMemoryMb(mall.pid);
    const found = await counted((await mall.run()).elasticsearchUrl);
    // an index that is not the fold of the histories fails the run
    for (const projection of ["products", "offers"]) await stoaOrFail("drift", projection, "--data", mall.dataDir);
    const { offers, vendors, products, contested } = found;
    return [
      ...exactly("offers", offers, EXPECTED.offers),
      ...exactly("vendors", vendors, EXPECTED.vendors),
      ...exactly("products", products, EXPECTED.products),
      { question: "products on which several vendors compete", value: contested, unit: "" },
      { question: "seconds until all of it is imported and searchable", value: seconds, unit: "s" },
      { question: "peak memory of the mall's process", value: peakMb, unit: "MB" },
    ];
  } finally {
    await endMall(mall);
  }
}
