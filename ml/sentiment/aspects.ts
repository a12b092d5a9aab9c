/** Of which side of a product a sentence speaks, and in what tone: a clause is read for itself. */
import { wordsOf } from "../kernel/text/grams";
import { sentimentOf, type Sentiment, type SentimentReader } from "./model";

export interface JudgedSentence {
  readonly text: string;
  readonly aspects: readonly { readonly aspect: string; readonly sign: 1 | -1 }[];
}

/** Lines `picture quality[+2], size[-1]##the sentence` of product reviews that people read. */
export function judgedSentences(texts: ReadonlyMap<string, string>): JudgedSentence[] {
  return [...texts].flatMap(([name, text]) =>
    /product_reviews.*\.txt$/.test(name) && !/README/i.test(name)
      ? text.split("\n").flatMap((line) => {
          const [marks = "", sentence = ""] = line.split("##");
          const aspects = [...marks.matchAll(/([^,[\]]+)\[([+-])\d?\]/g)].map(([, aspect = "", sign]) => ({
            aspect: aspect.trim().toLowerCase(),
            sign: sign === "+" ? (1 as const) : (-1 as const),
          }));
          return aspects.length > 0 && sentence !== "" ? [{ text: sentence, aspects }] : [];
        })
      : [],
  );
}

const ASPECTS_MAX = 400;

/** The sides that people name most. */
export function learnAspects(sentences: readonly JudgedSentence[]): string[] {
  const counts = new Map<string, number>();
  for (const { aspects } of sentences) {
    for (const { aspect } of aspects) counts.set(aspect, (counts.get(aspect) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, ASPECTS_MAX)
    .map(([aspect]) => aspect);
}

export interface AspectReader {
  readonly aspects: ReadonlySet<string>;
  readonly reader: SentimentReader;
}

export const aspectReader = (aspects: readonly string[], reader: SentimentReader): AspectReader => ({
  aspects: new Set(aspects),
  reader,
});

const CLAUSE = /[.;:!?,()]|\bbut\b|\bhowever\b|\balthough\b/i;
const WORDS_MAX = 3;

/** The longest names that are known, each once, in the order of the clause. */
function namedIn(clause: string, known: ReadonlySet<string>): string[] {
  const words = wordsOf(clause);
  const named: string[] = [];
  for (let i = 0; i < words.length; i++) {
    for (let n = Math.min(WORDS_MAX, words.length - i); n > 0; n--) {
      const name = words.slice(i, i + n).join(" ");
      if (!known.has(name)) continue;
      named.push(name);
      i += n - 1;
      break;
    }
  }
  return [...new Set(named)];
}

export interface AspectTone extends Sentiment {
  readonly aspect: string;
}

export function aspectsOf({ aspects, reader }: AspectReader, text: string): AspectTone[] {
  return text
    .split(CLAUSE)
    .flatMap((clause) => namedIn(clause, aspects).map((aspect) => ({ aspect, ...sentimentOf(reader, clause) })));
}
