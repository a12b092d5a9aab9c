/** Finds the mall that a command is meant for, and what lets it in. */
import path from "node:path";
import { secretOf } from "../folder/folder";
import { runningMall } from "../folder/run-file";
import type { Parts } from "../parts";
import { Sentence } from "../terminal/sentence";

export interface Located {
  readonly url: string;
  readonly token: string;
  readonly principalId: string;
}

export interface Whereabouts {
  readonly data: string;
  readonly url?: string;
  readonly token?: string;
}

/** Who the mall's own administrator is: the token that `stoa token` prints. */
export const ADMIN = { id: "admin", permissions: ["*"] } as const;

/** Reads whom a token names; the mall checks whether it is genuine. @throws Sentence */
export function principalIdOf(token: string): string {
  try {
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
    const { sub } = JSON.parse(payload) as { sub?: unknown };
    if (typeof sub === "string" && sub !== "") return sub;
  } catch {
    // said below
  }
  throw new Sentence("That is no token: it names nobody. `stoa token` prints one for the mall on this machine.");
}

export async function adminToken(dataDir: string, parts: Parts): Promise<string> {
  const secret = await secretOf(dataDir, process.env);
  if (secret !== null) return (await parts.tokens()).issueToken(secret, ADMIN);
  throw new Sentence(
    `${path.resolve(dataDir)} holds no mall yet. Start one with \`npm start\`, or name its folder with --data.`,
  );
}

export async function urlOf({ data, url }: Whereabouts): Promise<string> {
  if (url !== undefined) return url.replace(/\/+$/, "");
  const run = await runningMall(data);
  if (run !== null) return run.url;
  throw new Sentence(
    `No mall runs on ${path.resolve(data)}. Start it with \`npm start\`, name its folder with --data, ` +
      "or name a mall elsewhere with --url and --token.",
  );
}

export async function locate(where: Whereabouts, parts: Parts): Promise<Located> {
  const url = await urlOf(where);
  if (where.url !== undefined && where.token === undefined) {
    throw new Sentence("A mall named with --url needs a token: give it with --token.");
  }
  const token = where.token ?? (await adminToken(where.data, parts));
  return { url, token, principalId: principalIdOf(token) };
}
