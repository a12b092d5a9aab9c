/**
 * The mall's secret from elsewhere than the data folder, so that a vault can keep it: `STOA_SECRET` is the secret,
 * `STOA_SECRET_FILE` a file that holds it (as container platforms mount them), `STOA_SECRET_COMMAND` a program that
 * prints it (`vault kv get -field=secret kv/stoa`). The command is run without a shell, its words parted by spaces.
 */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { sentenceOf, Sentence } from "../terminal/sentence";

type Env = Readonly<Record<string, string | undefined>>;

const SOURCES = ["STOA_SECRET", "STOA_SECRET_FILE", "STOA_SECRET_COMMAND"] as const;
const LENGTH_MIN = 32;
const PRINTED_MAX = 4_096;
const WITHIN_MS = 15_000;
const run = promisify(execFile);

async function printedBy(command: string): Promise<string> {
  const [program = "", ...args] = command.split(" ").filter((word) => word !== "");
  const { stdout } = await run(program, args, { timeout: WITHIN_MS, maxBuffer: PRINTED_MAX, encoding: "utf8" });
  return stdout;
}

const readBy: Readonly<Record<(typeof SOURCES)[number], (value: string) => Promise<string>>> = {
  STOA_SECRET: (value) => Promise.resolve(value),
  STOA_SECRET_FILE: (file) => readFile(file, "utf8"),
  STOA_SECRET_COMMAND: printedBy,
};

/** What a failed command says may hold what it was given: only how it failed is told. */
const whyOf = (error: unknown): string => {
  const { code, killed } = error as { readonly code?: unknown; readonly killed?: boolean };
  if (killed === true) return `it took longer than ${WITHIN_MS / 1_000} s`;
  return typeof code === "number" ? `it ended with exit code ${code}` : sentenceOf(error);
};

/**
 * @returns null when none of the three is set: then the secret is the data folder's own
 * @throws Sentence when it cannot be read, or is too short
 */
export async function outsideSecret(env: Env): Promise<string | null> {
  const source = SOURCES.find((name) => env[name]);
  if (source === undefined) return null;
  const text = await readBy[source](env[source] ?? "").catch((error: unknown) => {
    throw new Sentence(`${source} gives no secret: ${whyOf(error)}. Correct it, or unset it to use the folder's own.`);
  });
  const secret = text.trim();
  if (secret.length >= LENGTH_MIN) return secret;
  throw new Sentence(
    `${source} gives ${secret.length} characters; the mall's secret must have at least ${LENGTH_MIN}.`,
  );
}
