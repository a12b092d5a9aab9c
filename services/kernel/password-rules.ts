/**
 * What makes a password easily guessed. Length is what counts (OWASP ASVS 2.1): any characters are allowed and none
 * demanded; refused is what everybody tries first.
 */

export const PASSWORD_LENGTH_MIN = 12;
const DISTINCT_MIN = 5;
const PERSONAL_LENGTH_MIN = 4;
const RUNS = "abcdefghijklmnopqrstuvwxyz 01234567890123456789 qwertyuiopasdfghjklzxcvbnm qwertzuiopasdfghjklyxcvbnm";
const RUN_LENGTH_MIN = 4;
/** So much of it must be something else. */
const LEFT_MIN = 4;
const LOOKED_AT_MAX = 64;

/** Words that most of the well-known passwords of twelve characters or more are made of. */
const WORDS = [
  "password",
  "passwort",
  "letmein",
  "welcome",
  "iloveyou",
  "administrator",
  "changeme",
  "monkey",
  "dragon",
];

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}]/gu, "");
const reversed = (text: string): string => Array.from(text).reverse().join("");

/** How long the run is that begins here: `qwert` of the keyboard, `4321` of the digits. */
function runAt(text: string, at: number): number {
  let length = 0;
  for (let end = at + 1; end <= text.length; end++) {
    const part = text.slice(at, end);
    if (!RUNS.includes(part) && !RUNS.includes(reversed(part))) break;
    length = end - at;
  }
  return length;
}

/** True when nothing much is left beside the runs of the keyboard, of the alphabet and of digits. */
function isRuns(password: string): boolean {
  const text = password.toLowerCase().slice(0, LOOKED_AT_MAX);
  let left = 0;
  for (let at = 0; at < text.length;) {
    const length = runAt(text, at);
    if (length < RUN_LENGTH_MIN) left += 1;
    at += length < RUN_LENGTH_MIN ? 1 : length;
  }
  return left < LEFT_MIN;
}

/** True when it is a well-known word, or something of the person, with a few characters around it. */
function isWord(password: string, personal: readonly string[]): boolean {
  const letters = lettersOf(password);
  const own = personal.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u)).map(lettersOf);
  const words = [...WORDS, ...own.filter((word) => word.length >= PERSONAL_LENGTH_MIN)];
  return words.some((word) => letters.includes(word) && letters.replaceAll(word, "").length < LEFT_MIN);
}

/** Why not, in words for a person; null for a password that may be used. `personal` are the address and the name. */
export function weakness(password: string, personal: readonly string[] = []): string | null {
  if (Array.from(password).length < PASSWORD_LENGTH_MIN)
    return `It must have at least ${PASSWORD_LENGTH_MIN} characters.`;
  if (new Set(password).size < DISTINCT_MIN) return "It repeats the same few characters.";
  if (isRuns(password)) return "It follows the keyboard, the alphabet or the digits.";
  if (isWord(password, personal)) return "It is a well-known word, or part of the address or name, with little added.";
  return null;
}
