/** How long does somebody who types wait for suggestions? Through HTTP, a request per letter, on the demo market. */
import { httpClient } from "./http-client";
import { rate } from "./measure";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";
import { benchMall, endMall } from "./whole-mall";

const TYPED = [
  "floor lamp brass",
  "notebook",
  "kettle steel",
  "blue jacket",
  "oak chair",
  "lapm",
  "headphnes",
  "lumora",
];
const LETTERS = TYPED.flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1)));

/** Goal: p95 of 20 ms for one who types; how it is with several is told beside it. */
export async function typeaheadBench(ask: Ask): Promise<Answer[]> {
  const mall = await benchMall();
  const client = httpClient(mall.url, {}, 16);
  const suggest = async (n: number): Promise<void> => {
    const q = encodeURIComponent(LETTERS[n % LETTERS.length] ?? "");
    const status = await client.send("GET", `/v1/suggestions?lang=en&q=${q}`);
    if (status !== 200) throw new Error(`The suggestions for ${q} answered ${status}`);
  };
  try {
    await rate(4, sized(ask, 5, 1), suggest);
    const answers: Answer[] = [];
    for (const inFlight of [1, 4, 16]) {
      const { p95Ms: value, ...detail } = await rate(inFlight, sized(ask, 15, 2), suggest);
      const question = `suggestions over HTTP, a request per letter, p95, ${inFlight} in flight`;
      answers.push({ question, value, unit: "ms", ...(inFlight === 1 && { goal: { atMost: 20 } }), detail });
    }
    return answers;
  } finally {
    client.close();
    await endMall(mall);
  }
}
