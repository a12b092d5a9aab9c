/** Words, runs of words, and pieces of words: what a text is made of for a linear model. */

export interface GramOptions {
  /** Runs of so many words, from and to; [1, 0] for none. */
  readonly words: readonly [number, number];
  /** Pieces of so many letters, with the word's ends; [1, 0] for none. */
  readonly pieces: readonly [number, number];
}

export const TEXT_MAX = 20_000;
const WORD_MAX = 40;

/** Lower-case words, numbers, and signs that say something. */
export function wordsOf(text: string): string[] {
  const clean = text.slice(0, TEXT_MAX).toLowerCase();
  return (clean.match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)?|[!?$%&+@#]/gu) ?? []).map((word) => word.slice(0, WORD_MAX));
}

function runsOf(words: readonly string[], [from, to]: readonly [number, number]): string[] {
  const runs: string[] = [];
  for (let n = from; n <= to; n++) {
    for (let i = 0; i + n <= words.length; i++) runs.push(`w ${words.slice(i, i + n).join(" ")}`);
  }
  return runs;
}

function piecesOf(words: readonly string[], [from, to]: readonly [number, number]): string[] {
  const pieces: string[] = [];
  for (const word of words) {
    const whole = ` ${word} `;
    for (let n = from; n <= to; n++) {
      for (let i = 0; i + n <= whole.length; i++) pieces.push(`p ${whole.slice(i, i + n)}`);
    }
  }
  return pieces;
}

export function gramsOf(text: string, options: GramOptions): string[] {
  const words = wordsOf(text);
  return [...runsOf(words, options.words), ...piecesOf(words, options.pieces)];
}
