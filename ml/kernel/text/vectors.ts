/** Texts as sparse vectors: logarithmic counts times how rare a gram is (TF-IDF), words and pieces of length 1 each. */
import { gramsOf, type GramOptions } from "./grams";

export interface Sparse {
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** What was learnt of the texts; JSON. */
export interface Vocabulary {
  readonly options: GramOptions;
  readonly terms: readonly string[];
  readonly rarity: readonly number[];
}

/** With the index of its terms, which is not kept. */
export interface Vectors {
  readonly vocabulary: Vocabulary;
  of(text: string): Sparse;
}

export interface VocabularyOptions extends GramOptions {
  /** In how many texts a gram must be. */
  readonly textsMin: number;
  /** The most frequent ones are kept. */
  readonly termsMax: number;
}

export function learnVocabulary(texts: readonly string[], options: VocabularyOptions): Vocabulary {
  const frequency = new Map<string, number>();
  for (const text of texts) {
    for (const gram of new Set(gramsOf(text, options))) frequency.set(gram, (frequency.get(gram) ?? 0) + 1);
  }
  const kept = [...frequency]
    .filter(([, count]) => count >= options.textsMin)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, options.termsMax);
  return {
    options: { words: options.words, pieces: options.pieces },
    terms: kept.map(([term]) => term),
    rarity: kept.map(([, count]) => 1 + Math.log((1 + texts.length) / (1 + count))),
  };
}

function counted(text: string, index: ReadonlyMap<string, number>, options: GramOptions): Map<number, number> {
  const counts = new Map<number, number>();
  for (const gram of gramsOf(text, options)) {
    const at = index.get(gram);
    if (at !== undefined) counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  return counts;
}

export function vectorsOf(vocabulary: Vocabulary): Vectors {
  const { terms, rarity, options } = vocabulary;
  const index = new Map(terms.map((term, i) => [term, i]));
  // 0 for runs of words, 1 for pieces: each kind has length 1 of its own
  const kinds = Uint8Array.from(terms, (term) => (term.startsWith("p") ? 1 : 0));
  return {
    vocabulary,
    of(text) {
      const entries = [...counted(text, index, options)].sort(([a], [b]) => a - b);
      const squares = [0, 0];
      const values = Float64Array.from(entries, ([at, count]) => {
        const value = (1 + Math.log(count)) * (rarity[at] as number);
        const kind = kinds[at] as number;
        squares[kind] = (squares[kind] as number) + value * value;
        return value;
      });
      const lengths = squares.map((sum) => Math.sqrt(sum) || 1);
      const indices = Int32Array.from(entries, ([at]) => at);
      return {
        indices,
        values: values.map((value, i) => value / (lengths[kinds[indices[i] as number] as number] as number)),
      };
    },
  };
}
