/** `stoa evaluate`: every model on public files, under the protocols by which others were published. */
import type { Command } from "commander";
import { fraudEvaluation } from "./fraud";
import { recommendationEvaluation } from "./recommendation";
import { smallEvaluations } from "./small";

type RegisterEvaluation = (evaluate: Command) => void;

const evaluations: readonly RegisterEvaluation[] = [recommendationEvaluation, fraudEvaluation, smallEvaluations];

export function evaluateCommand(program: Command): void {
  const evaluate = program
    .command("evaluate")
    .description("train a model on a public file, and judge it by the published protocol");
  for (const register of evaluations) register(evaluate);
}
