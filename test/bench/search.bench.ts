/** What does the mall add to a search? Through HTTP, against the same query sent straight to the engine. */
import { Client } from "@elastic/elasticsearch";
import { searchRequest } from "../../indexers/product/products.request.query";
import { aliasOf } from "../../indexers/kernel/indices";
import type { SearchProducts } from "../../models/product/product.search.contract";
import { rate, ratio, type Rate } from "./measure";
import type { Answer } from "./report";
import type { Ask } from "./scale";
import { benchMall, endMall, stoaOrFail } from "./whole-mall";

const ROUNDS = 5;
const SECONDS = 4;
const WORDS = [
  "lamp",
  "floor lamp brass",
  "notebook",
  "black",
  "chair oak",
  "steel",
  "kettle",
  "blue jacket",
  "hp",
  "ssd 1tb",
];

const asked = (n: number): SearchProducts => ({ q: WORDS[n % WORDS.length] ?? "", sort: "relevance", limit: 24 });

function throughHttp(url: string): (n: number) => Promise<unknown> {
  return async (n) => {
    const answer = await fetch(`${url}/v1/products?limit=24&q=${encodeURIComponent(asked(n).q ?? "")}`);
    const body = await answer.text();
    if (answer.status !== 200) throw new Error(`search answered ${answer.status}: ${body.slice(0, 200)}`);
  };
}

function straight(client: Client): (n: number) => Promise<unknown> {
  return (n) => client.search(searchRequest(asked(n), aliasOf("stoa", "products")));
}

async function compared(
  ours: (n: number) => Promise<unknown>,
  theirs: (n: number) => Promise<unknown>,
  inFlight: number,
) {
  const rounds: { ours: Rate; theirs: Rate }[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    rounds.push({ theirs: await rate(inFlight, SECONDS, theirs), ours: await rate(inFlight, SECONDS, ours) });
  }
  const found = ratio(
    rounds.map((r) => r.ours.p50Ms),
    rounds.map((r) => r.theirs.p50Ms),
  );
  return { ...found, rounds };
}

/** With a file in icecat format, on that catalogue; without, on the demo market. */
export async function searchBench({ args: [file] }: Ask): Promise<Answer[]> {
  const mall = await benchMall({ args: file ? ["--empty"] : [] });
  const client = new Client({ node: (await mall.run()).elasticsearchUrl });
  try {
    if (file) await stoaOrFail("import", "icecat", file, "--data", mall.dataDir);
    const [ours, theirs] = [throughHttp(mall.url), straight(client)];
    await rate(4, 3, ours);
    await rate(4, 3, theirs);
    const answers: Answer[] = [];
    for (const inFlight of [1, 16]) {
      const { median, ...detail } = await compared(ours, theirs, inFlight);
      const question = `search over HTTP / straight to the engine, p50, ${inFlight} in flight`;
      answers.push({ question, value: median, unit: "×", goal: { atMost: 1.5 }, detail });
    }
    return answers;
  } finally {
    await client.close();
    await endMall(mall);
  }
}
