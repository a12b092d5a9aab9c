/** How long until a real catalogue is in the mall and found, and how much memory does the mall's process take? */
import type { ProductHits } from "../../models/product/product.search.contract";
import type { Answer } from "./report";
import type { Ask } from "./scale";
import { benchMall, endMall, peakMemoryMb, stoaOrFail } from "./whole-mall";

const FORMAT = "icecat";
const PRODUCTS = 19_406;

async function countIn(url: string): Promise<number> {
  const answer = await fetch(`${url}/stoa-products/_count?q=status:published`);
  return ((await answer.json()) as { count: number }).count;
}

export async function importBench({ args: [file] }: Ask): Promise<Answer[]> {
  if (!file) throw new Error("Name the file: npm run bench -- import products.jsonl.gz (icecat format).");
  const mall = await benchMall({ args: ["--empty"] });
  try {
    const began = performance.now();
    await stoaOrFail("import", FORMAT, file, "--data", mall.dataDir);
    const seconds = (performance.now() - began) / 1_000;
    const peakMb = await peakMemoryMb(mall.pid);
    const found = await countIn((await mall.run()).elasticsearchUrl);
    const first = (await (await fetch(`${mall.url}/v1/products?q=notebook&limit=1`)).json()) as ProductHits;
    const again = performance.now();
    await stoaOrFail("import", FORMAT, file, "--data", mall.dataDir);
    return [
      {
        question: "seconds until every product is imported and searchable",
        value: Math.round(seconds),
        unit: "s",
        goal: { atMost: 90 },
      },
      { question: "products found", value: found, unit: "", goal: { atLeast: PRODUCTS } },
      { question: "products found for “notebook”", value: first.total, unit: "", goal: { atLeast: 1 } },
      {
        question: "peak memory of the mall's process",
        value: peakMb,
        unit: "MB",
        goal: { atMost: 400 },
      },
      {
        question: "seconds for the same import again",
        value: Math.round((performance.now() - again) / 1_000),
        unit: "s",
      },
    ];
  } finally {
    await endMall(mall);
  }
}
