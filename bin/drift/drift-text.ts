/** What a comparison found, for a person. Pure. */
import type { Drift, Finding } from "../../indexers/kernel/drift";
import { counted } from "../terminal/progress";

const VALUE_CHARS_MAX = 200;

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > VALUE_CHARS_MAX ? `${text.slice(0, VALUE_CHARS_MAX)}…` : text;
}

const lineOf = ({ document, field, expected, found }: Finding): string =>
  `  - document ${document}, ${field === "" ? "as a whole" : `field "${field}"`}: ` +
  `it is ${shown(found)}, and by the histories ${shown(expected)}`;

export function driftText(projection: string, { sources, findings }: Drift, sampled: boolean): string {
  const looked = `${counted(sources)} sources ${sampled ? "of a sample" : "of its histories"}`;
  if (findings.length === 0) return `The index of ${projection} equals the fold of ${looked}.`;
  return [
    `The index of ${projection} does NOT equal the fold of ${looked}; ${counted(findings.length)} differences ` +
      "(a hundred are told at most):",
    ...findings.map(lineOf),
    `\`stoa rebuild ${projection}\` makes it anew while the old one serves.`,
  ].join("\n");
}
