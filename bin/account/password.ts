/** Asks for what must not be seen. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { Sentence } from "../terminal/sentence";

const CHARS_MAX = 1_024;

/** The first line of a stream, bounded. @throws Sentence when there is none */
export async function firstLine(stream: AsyncIterable<Buffer | string>): Promise<string> {
  let text = "";
  for await (const piece of stream) {
    text += piece.toString();
    if (text.includes("\n") || text.length > CHARS_MAX) break;
  }
  const [line = ""] = text.split(/\r?\n/);
  if (line === "") throw new Sentence("Standard input holds no password: pipe one in, in a line of its own.");
  if (line.length > CHARS_MAX) throw new Sentence(`The line on standard input has more than ${CHARS_MAX} characters.`);
  return line;
}

/** What somebody types; `shown` is whether they see it. @throws Sentence where there is no terminal, or at Ctrl-C */
export async function asked(prompt: string, shown: boolean, otherwise: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) throw new Sentence(`There is no terminal to ask at: ${otherwise}`);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: shown ? stderr : nowhere, terminal: true });
  const stopped = new AbortController();
  lines.once("SIGINT", () => stopped.abort());
  // where nothing is shown, the prompt would not be either
  if (!shown) stderr.write(prompt);
  try {
    return await lines.question(shown ? prompt : "", { signal: stopped.signal });
  } catch (error) {
    if (stopped.signal.aborted) throw new Sentence("Stopped: nothing was done.", { cause: error });
    throw error;
  } finally {
    lines.close();
    if (!shown) stderr.write("\n");
  }
}

/** Asked for twice, for nobody sees what they type. */
export async function askPassword(): Promise<string> {
  const otherwise = "pipe the password in, with --password-stdin.";
  const first = await asked("Password: ", false, otherwise);
  if (first === (await asked("Once more: ", false, otherwise))) return first;
  throw new Sentence("The two passwords are not the same. Nothing was done; try again.");
}
