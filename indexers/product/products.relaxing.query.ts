/**
 * What is searched for when a question finds little: with words put right that nothing holds, then for products with
 * some of the words, those with all of them first. Each step is another request to the engine, so none is made for a
 * question that finds enough; and what was done is told with the answer.
 */
import type { Relaxed, SearchProducts } from "../../models/product/product.search.contract";
import type { Reading } from "./products.request.query";
import { corrected, missingIn, spacedOtherwise } from "./products.spelling.query";
import { wordsOf } from "./products.text.query";

/** With fewer products than this a shopper has little to choose from. */
export const FEW = 10;

export interface Answered {
  /** Products found, before what was chosen of facets. */
  readonly count: number;
  /** What the engine says of words that it does not have. */
  readonly suggest?: unknown;
}

export interface Ladder<A extends Answered> {
  readonly ask: (reading: Reading) => Promise<A>;
  /** How many products hold all words of each of the texts. */
  readonly count: (texts: readonly string[]) => Promise<readonly number[]>;
}

export interface Taken<A> {
  readonly answer: A;
  readonly reading: Reading;
  readonly relaxed: Relaxed | null;
  readonly didYouMean: string | null;
}

/** The question with its blanks in other places, where that finds at least as many products. */
async function spaced<A extends Answered>(q: string, first: A, ladder: Ladder<A>): Promise<string | null> {
  const variants = spacedOtherwise(q);
  if (variants.length === 0) return null;
  const counts = await ladder.count(variants);
  const most = Math.max(...counts);
  return most >= Math.max(1, first.count) ? (variants[counts.indexOf(most)] ?? null) : null;
}

/** Sorted by something else than relevance, poor matches would come first: only where nothing else is, they may. */
const isEnough = ({ sort }: SearchProducts, { count }: Answered): boolean => count >= (sort === "relevance" ? FEW : 1);

const hasSeveral = (q: string): boolean => /\S\s+\S/.test(q);

interface Respelt<A> {
  readonly answer: A;
  readonly q: string;
  readonly didYouMean: string | null;
}

/** The question in another spelling, where that finds more; offered only, where the typed one finds something. */
async function respelt<A extends Answered>(q: string, first: A, ladder: Ladder<A>): Promise<Respelt<A>> {
  const typed: Respelt<A> = { answer: first, q, didYouMean: null };
  const near = corrected(q, missingIn(first.suggest));
  const other = near === q ? await spaced(q, first, ladder) : null;
  const better = other ?? near;
  if (better === q) return typed;
  if (first.count > 0 && other === null) return { ...typed, didYouMean: better };
  const answer = await ladder.ask({ q: better, partial: false });
  return first.count > 0 && answer.count <= first.count ? typed : { answer, q: better, didYouMean: null };
}

/** The answer to a first page, after as few steps as it takes. */
export async function relaxing<A extends Answered>(params: SearchProducts, ladder: Ladder<A>): Promise<Taken<A>> {
  const q = wordsOf(params);
  const asked: Reading = { q, partial: false };
  const first = await ladder.ask(asked);
  if (q === "" || isEnough(params, first)) return { answer: first, reading: asked, relaxed: null, didYouMean: null };
  const spelling = await respelt(q, first, ladder);
  const { didYouMean, answer } = spelling;
  const as = (reading: Reading, found: A): Taken<A> => {
    const changed = reading.q !== q || reading.partial;
    const told: Relaxed = { ...reading, spelling: reading.q !== q, exact: answer.count };
    return { answer: found, reading, relaxed: changed ? told : null, didYouMean };
  };
  const whole: Reading = { q: spelling.q, partial: false };
  if (isEnough(params, answer) || !hasSeveral(spelling.q)) return as(answer.count > 0 ? whole : asked, answer);
  const some = await ladder.ask({ q: spelling.q, partial: true });
  return some.count > answer.count ? as({ q: spelling.q, partial: true }, some) : as(whole, answer);
}
