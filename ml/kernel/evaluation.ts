/** What every small model's `evaluate` gives back: lines for people, a model, and its card without the hash. */
import type { ModelCard } from "./card";

export interface EvaluationOptions {
  readonly seed: number;
  readonly told: (line: string) => void;
}

export interface Evaluation {
  /** One per model: name and figures. */
  readonly lines: readonly string[];
  readonly model: unknown;
  readonly card: Omit<ModelCard, "hash">;
}

export type Evaluate = (files: readonly string[], options: EvaluationOptions) => Promise<Evaluation>;

/** `name AUC 0.937 ACC 0.912`. */
export const figuresLine = (name: string, figures: Readonly<Record<string, number>>): string =>
  [name, ...Object.entries(figures).map(([figure, value]) => `${figure} ${value.toFixed(3)}`)].join(" ");
