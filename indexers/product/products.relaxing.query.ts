/**
 * What is searched for when a question finds little: with words put right that nothing holds, then for products with
 * some of the words, those with all of them first. What was done is told with the answer. A question that finds enough
 * is asked once; one that finds little costs a further request for each step, and the next time, for as long as it is
 * remembered where that led, one alone: the answer brings along how many products the steps left out would have found,
 * and by these the same is decided as if they had been taken, or they are.
 */
import type { Relaxed, SearchProducts } from "../../models/product/product.search.contract";
import type { Known, Memory, Spelt } from "./products.memory.query";
import type { Reading } from "./products.request.query";
import { corrected, missingIn, spacedOtherwise } from "./products.spelling.query";
import { wordsOf } from "./products.text.query";

/** With fewer products than this a shopper has little to choose from. */
export const FEW = 10;

export interface Answered {
  /** Products found, before what was chosen of facets. */
  readonly count: number;
  /** How many hold all words of each of the texts that were to be counted beside. */
  readonly beside?: readonly number[];
  /** What the engine says of words that it does not have. */
  readonly suggest?: unknown;
}

export interface Ladder<A extends Answered> {
  /** @param beside texts of which the answer tells, too, how many products this search finds with all their words */
  readonly ask: (reading: Reading, beside?: readonly string[]) => Promise<A>;
  /** How many products hold all words of each of the texts. */
  readonly count: (texts: readonly string[]) => Promise<readonly number[]>;
  readonly memory: Memory;
}

export interface Taken<A> {
  readonly answer: A;
  readonly reading: Reading;
  readonly relaxed: Relaxed | null;
  readonly didYouMean: string | null;
}

/** The question with its blanks in other places, in the way that most products have. */
async function spaced<A extends Answered>(q: string, ladder: Ladder<A>): Promise<Spelt> {
  const variants = spacedOtherwise(q);
  if (variants.length === 0) return { q, products: 0 };
  const counts = await ladder.count(variants);
  const products = Math.max(...counts);
  return { q: variants[counts.indexOf(products)] ?? q, products };
}

/** The other spelling that may have been meant. */
async function otherwise<A extends Answered>(q: string, first: A, ladder: Ladder<A>): Promise<Spelt> {
  const near = corrected(q, missingIn(first.suggest));
  return near === q ? spaced(q, ladder) : { q: near, products: null };
}

/** Sorted by something else than relevance, poor matches would come first: only where nothing else is, they may. */
const isEnough = ({ sort }: SearchProducts, count: number): boolean => count >= (sort === "relevance" ? FEW : 1);

const hasSeveral = (q: string): boolean => /\S\s+\S/.test(q);

type Worth = "nothing" | "offering" | "asking";

/**
 * What another spelling is worth where the typed one finds so many: with its blanks in other places where as many
 * products hold it, and with a word put right only offered where the typed one finds something.
 */
function worthOf(q: string, typed: number, other: Spelt): Worth {
  if (other.q === q) return "nothing";
  if (other.products === null) return typed > 0 ? "offering" : "asking";
  return other.products >= Math.max(1, typed) ? "asking" : "nothing";
}

interface Counts {
  /** Products with all words as typed, and as they are spelt otherwise. */
  readonly typed: number;
  readonly other: number;
}

/** The words that are gone by, and how many products hold all of them. */
function wordsBy(q: string, { typed, other }: Counts, spelt: Spelt): { q: string; exact: number } {
  const isTaken = worthOf(q, typed, spelt) === "asking" && (typed === 0 || other > typed);
  return isTaken ? { q: spelt.q, exact: other } : { q, exact: typed };
}

/** Whether products with some of the words are to be taken in, if there are any. */
const mayLack = (params: SearchProducts, { q, exact }: { q: string; exact: number }): boolean =>
  !isEnough(params, exact) && hasSeveral(q);

interface Decided<A> {
  readonly answer: A;
  readonly reading: Reading;
  readonly exact: number;
}

function told<A>(q: string, { answer, reading, exact }: Decided<A>, didYouMean: string | null): Taken<A> {
  const spelling = reading.q !== q;
  const relaxed = spelling || reading.partial ? { ...reading, spelling, exact } : null;
  return { answer, reading, relaxed, didYouMean };
}

const offeredFor = (q: string, typed: number, spelt: Spelt): string | null =>
  worthOf(q, typed, spelt) === "offering" ? spelt.q : null;

/** Where nothing is found by other words either, the question is told as it was asked. */
const whole = <A extends Answered>(q: string, by: { q: string; exact: number }, answer: A): Decided<A> => ({
  ...{ answer, exact: by.exact },
  reading: { q: by.exact > 0 ? by.q : q, partial: false },
});

/** The counts that an answer brought along; there is no other spelling where none was asked for. */
function countsIn({ beside = [] }: Answered): Counts {
  const [typed = 0, other = typed] = beside;
  return { typed, other };
}

/** What is told of an answer to a reading that was remembered; null where it would be read otherwise now. */
function foreseen<A extends Answered>(params: SearchProducts, { reading, spelt }: Known, answer: A): Decided<A> | null {
  const q = wordsOf(params);
  const counts = countsIn(answer);
  const by = wordsBy(q, counts, spelt);
  const isSame = by.q === reading.q && mayLack(params, by) === reading.partial;
  if (!isSame || isEnough(params, counts.typed)) return null;
  if (!reading.partial || answer.count === 0) return whole(q, by, answer);
  return answer.count > by.exact ? { answer, reading, exact: by.exact } : null;
}

/** As it was read the last time; null where nothing is remembered, or this time it would be read otherwise. */
async function atOnce<A extends Answered>(params: SearchProducts, ladder: Ladder<A>): Promise<Taken<A> | null> {
  const known = ladder.memory.get(params);
  if (known === undefined) return null;
  const [q, { reading, spelt }] = [wordsOf(params), known];
  const answer = await ladder.ask(reading, [...new Set([q, spelt.q])]);
  const decided = foreseen(params, known, answer);
  return decided && told(q, decided, offeredFor(q, countsIn(answer).typed, spelt));
}

/** The answer by a spelling that is worth asking for; the first one where it is not, or finds no more. */
async function respelt<A extends Answered>(q: string, first: A, spelt: Spelt, ladder: Ladder<A>) {
  if (worthOf(q, first.count, spelt) !== "asking") return { answer: first, q, exact: first.count };
  const second = await ladder.ask({ q: spelt.q, partial: false });
  const by = wordsBy(q, { typed: first.count, other: second.count }, spelt);
  return { ...by, answer: by.q === q ? first : second };
}

/** Step by step, and remembered. */
async function climbing<A extends Answered>(params: SearchProducts, first: A, ladder: Ladder<A>): Promise<Taken<A>> {
  const q = wordsOf(params);
  const spelt = ladder.memory.get(params)?.spelt ?? (await otherwise(q, first, ladder));
  const { answer, ...by } = await respelt(q, first, spelt, ladder);
  const didYouMean = offeredFor(q, first.count, spelt);
  const lacking = mayLack(params, by);
  ladder.memory.set(params, { spelt, reading: { q: by.q, partial: lacking } });
  if (!lacking) return told(q, whole(q, by, answer), didYouMean);
  const reading: Reading = { q: by.q, partial: true };
  const some = await ladder.ask(reading);
  const decided = some.count > by.exact ? { answer: some, reading, exact: by.exact } : whole(q, by, answer);
  return told(q, decided, didYouMean);
}

/** The answer to a first page, after as few steps as it takes. */
export async function relaxing<A extends Answered>(params: SearchProducts, ladder: Ladder<A>): Promise<Taken<A>> {
  const q = wordsOf(params);
  const known = q === "" ? null : await atOnce(params, ladder);
  if (known !== null) return known;
  const asked: Reading = { q, partial: false };
  const first = await ladder.ask(asked);
  if (q !== "" && !isEnough(params, first.count)) return climbing(params, first, ladder);
  return { answer: first, reading: asked, relaxed: null, didYouMean: null };
}
