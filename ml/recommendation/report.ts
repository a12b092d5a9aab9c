/** What an evaluation says at the end: a line per model. Pure. */
import type { Judged } from "./metrics";
import type { Protocol } from "./protocol";

export interface Line {
  readonly name: string;
  readonly judged: Judged;
}

const figure = (n: number): string => n.toFixed(4);

export const modelLine = (protocol: Protocol, { name, judged }: Line): string =>
  protocol === "session"
    ? `${name} P@20 ${figure(judged.hitRate)} MRR@20 ${figure(judged.mrr)}`
    : `${name} HR@10 ${figure(judged.hitRate)} NDCG@10 ${figure(judged.ndcg)}`;
