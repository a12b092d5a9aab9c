/** A decision in words: what came out, and what spoke for and against it most. Pure. */
import type { Text } from "../kernel/text";
import type { Contribution, DecidedBy, Taken } from "./decision.data.contract";

const TOLD = 3;

const rounded = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toPrecision(3)}`;
const named = ({ name, value }: Contribution): string => `${name.replaceAll("_", " ")} (${rounded(value)})`;

/** The strongest of one sign, strongest first. */
function strongest(parts: readonly Contribution[], sign: 1 | -1): string {
  const found = parts.filter(({ name, value }) => name !== "bias" && value * sign > 0);
  const [first, ...others] = found.sort((a, b) => (b.value - a.value) * sign).slice(0, TOLD);
  return first === undefined ? "nothing" : [first, ...others].map(named).join(", ");
}

export function explained({ name, version }: DecidedBy, taken: Taken): Text {
  const { score, contributions, residual, verdict, reasons = [] } = taken;
  const sentences = [
    `The model ${name}, version ${version}, came to a score of ${score.toPrecision(4)}` +
      `${verdict === undefined ? "" : ` and to "${verdict}"`}.`,
    ...reasons.map(({ text }) => text["en"] ?? "").filter((text) => text !== ""),
    `For it spoke ${strongest(contributions, 1)}; against it ${strongest(contributions, -1)}.`,
    ...(Math.abs(residual) > 0.005 ? [`How they act together adds ${rounded(residual)}.`] : []),
  ];
  return { en: sentences.join(" ") };
}

/** How far contributions and residual are from the score they must sum to, beyond what rounding explains. */
export function unexplained({ contributions, residual, score }: Taken): number {
  const sum = contributions.reduce((all, { value }) => all + value, residual);
  const size = contributions.reduce((all, { value }) => all + Math.abs(value), Math.abs(score) + 1);
  const gap = Math.abs(sum - score);
  return gap <= 1e-9 * size ? 0 : gap;
}
