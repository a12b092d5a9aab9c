/**
 * A text of whatever length about one person, as lines that are sealed one by one with that person's key. Each line is
 * bound to the text and to its place in it, and the last one says that it is the last: none can be changed, moved,
 * taken away or added. Destroying the key ends the text, wherever it was copied to.
 */
import { decrypt, encrypt } from "./subject-keys";

/** Characters of the clear text in one line, at least. */
const LINE_CHARS = 32_768;
const GOES_ON = "+";
const ENDS = ".";

const bound = (name: string, n: number): string => JSON.stringify(["sealed text", name, n]);

/** @param name of this text: the same to open it */
export async function* sealedLines(
  key: Buffer,
  name: string,
  text: AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
  let [n, held] = [0, ""];
  const line = (mark: string): string => {
    const sealed = encrypt(key, Buffer.from(mark + held), bound(name, n));
    n += 1;
    held = "";
    return `${sealed}\n`;
  };
  for await (const part of text) {
    held += part;
    if (held.length >= LINE_CHARS) yield line(GOES_ON);
  }
  yield line(ENDS);
}

/** @throws Error when a line was changed, moved or taken away, or was sealed with another key */
export async function* openedLines(
  key: Buffer,
  name: string,
  lines: AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
  let [n, ended] = [0, false];
  for await (const line of lines) {
    if (ended) throw new Error(`The sealed text ${name} goes on after its end`);
    const text = decrypt(key, line, bound(name, n)).toString();
    n += 1;
    ended = text.startsWith(ENDS);
    yield text.slice(1);
  }
  if (!ended) throw new Error(`The sealed text ${name} was cut off`);
}
