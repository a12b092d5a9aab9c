/** How much of a benchmark is run: whole, or so small that it only shows that it works. */

export interface Ask {
  readonly args: readonly string[];
  /** `--small`: minutes become seconds, and nothing is kept. */
  readonly small: boolean;
}

export function askOf(words: readonly string[]): Ask {
  return { small: words.includes("--small"), args: words.filter((word) => word !== "--small") };
}

/** The whole size, or the small one. */
export const sized = ({ small }: Ask, whole: number, little: number): number => (small ? little : whole);
