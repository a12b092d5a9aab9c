/**
 * A Perl pattern as mongod means it, made of JavaScript's: there `.` stops at a line feed only, and `$` is also in
 * front of a last line feed. What the two languages read differently in other ways is refused.
 */
import { Refused } from "./errors";

const LENGTH_MAX = 1_000;
const tokens = /\\[\s\S]?|\[(?:\\[\s\S]|[^\]\\])*\]?|[.$]|\(\?(?:[:=!]|<[=!])?|[\s\S]/gu;
const sameEscapes = /^\\[dDwWbBnrt^$\\.*+?()[\]{}|/]$/;
const sameClassEscapes = /^\\[dDwWnrt^\\[\]/.$*+?(){}|-]$/;

function translated(token: string): string {
  if (token === ".") return "[^\\n]";
  if (token === "$") return "(?=\\n?$)";
  return token;
}

function isSame(token: string): boolean {
  if (token.startsWith("\\")) return sameEscapes.test(token);
  if (token.startsWith("(?")) return /^\(\?(?:[:=!]|<[=!])$/.test(token);
  if (!token.startsWith("[")) return true;
  if (/^\[\^?\]/.test(token) || /^.+\[[:.=]/.test(token)) return false; // [] and [[:alpha:]]
  return (token.match(/\\[\s\S]/gu) ?? []).every((escape) => sameClassEscapes.test(escape));
}

/** @throws Refused when JavaScript might understand it otherwise. */
export function patternOf(source: string): RegExp {
  const parts = source.match(tokens) ?? [];
  if (source.length > LENGTH_MAX || !parts.every(isSame)) throw new Refused(`The pattern ${source.slice(0, 80)}`);
  try {
    return new RegExp(parts.map(translated).join(""), "u");
  } catch {
    throw new Refused(`The pattern ${source.slice(0, 80)}`);
  }
}
