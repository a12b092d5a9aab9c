/**
 * What makes a password easily guessed. Length is what counts (OWASP ASVS 2.1): any characters are allowed and none
 * demanded; refused is what everybody tries first.
 */

export const PASSWORD_LENGTH_MIN = 12;
const DISTINCT_MIN = 5;
const PERSONAL_LENGTH_MIN = 4;
const RUNS = "abcdefghijklmnopqrstuvwxyz 01234567890123456789 qwertyuiopasdfghjklzxcvbnm qwertzuiopasdfghjklyxcvbnm";
const RUN_LENGTH = 6;

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

/** True when nothing much is left after the runs of the keyboard, of the alphabet and of digits are taken out. */
function isRuns(password: string): boolean {
  const text = password.toLowerCase();
  for (let i = 0; i + RUN_LENGTH <= text.length; i++) {
    const part = text.slice(i, i + RUN_LENGTH);
    if (!RUNS.includes(part) && !RUNS.includes(reversed(part))) continue;
    const rest = text.replace(part, "");
    return (
      rest.length < PASSWORD_LENGTH_MIN &&
      (rest.length < RUN_LENGTH || new Set(rest).size < DISTINCT_MIN || isRuns(rest))
    );
  }
  return false;
}

/** True when it is a well-known word, or something of the person, with a few characters around it. */
function isWord(password: string, personal: readonly string[]): boolean {
  const letters = lettersOf(password);
  const own = personal.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u)).map(lettersOf);
  const words = [...WORDS, ...own.filter((word) => word.length >= PERSONAL_LENGTH_MIN)];
  return words.some((word) => letters.includes(word) && letters.replaceAll(word, "").length < PERSONAL_LENGTH_MIN);
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
