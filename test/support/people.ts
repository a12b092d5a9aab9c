/** A node on real services as people meet it: requests over HTTP, and the mails that it writes. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import pino from "pino";
import { openNode, type RunningNode } from "../../bin/node/node";
import type { Config } from "../../moleculer.config";
import { issueToken } from "../../services/gateway/tokens";
import { openedOn, startBacking } from "./backing";
import { eventually } from "./eventually";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface Asked {
  readonly body?: object;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface People {
  readonly node: RunningNode;
  readonly config: Config;
  readonly admin: string;
  /** Lines of the node's log, all levels. */
  readonly logged: readonly string[];
  ask(method: string, path: string, asked?: Asked): Promise<Answer>;
  /** Texts of the mails to an address, oldest first, once there are so many. */
  mails(to: string, count: number): Promise<readonly string[]>;
  /** The code in the newest of so many mails. */
  code(to: string, count?: number): Promise<string>;
  /** A verified account that is logged in. */
  person(email: string, password?: string): Promise<LoggedIn>;
  stop(): Promise<void>;
}

export interface LoggedIn {
  readonly accountId: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly device: string;
}

export const PASSWORD = "a lamp between two doors";

/** Mails are quoted-printable where they are not ASCII. */
function textOf(eml: string): string {
  const [head = "", ...body] = eml.split(/\r?\n\r?\n/);
  const text = body.join("\n\n");
  if (!/quoted-printable/i.test(head)) return text;
  return text
    .replace(/=\r?\n/g, "")
    .replace(/((?:=[0-9A-F]{2})+)/g, (run) => Buffer.from(run.replaceAll("=", ""), "hex").toString());
}

/** Texts of the mails to an address that lie in a mall's folder, oldest first. */
export async function mailsIn(folder: string, to: string): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".eml")).sort();
  const files = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8").catch(() => "")));
  return files.filter((eml) => new RegExp(`^To: ${to}$`, "m").test(eml)).map(textOf);
}

export async function openPeople(env: Readonly<Record<string, string>> = {}): Promise<People> {
  const backing = await startBacking();
  const config = backing.config(env);
  const logged: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void logged.push(line) });
  const node = await openedOn(backing, () => openNode(config, log));
  const folder = path.join(config.dataDir, "mail");
  const ask: People["ask"] = async (method, at, { body, token, headers } = {}) => {
    const response = await fetch(`${node.url ?? ""}${at}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer["body"] };
  };
  const mails: People["mails"] = (to, count) =>
    eventually(`${count} mails to ${to}`, async () => {
      const found = await mailsIn(folder, to);
      return found.length >= count && found;
    });
  const code: People["code"] = async (to, count = 1) => {
    const found = /^.*code.*: (\S+)$/im.exec((await mails(to, count)).at(-1) ?? "")?.[1];
    if (found === undefined) throw new Error(`the mail to ${to} has no code`);
    return found;
  };
  return {
    node,
    config,
    logged,
    admin: issueToken(config.secret, { id: "admin", permissions: ["*"] }),
    ask,
    mails,
    code,
    async person(email, password = PASSWORD) {
      const steps = [
        await ask("POST", "/v1/accounts", { body: { email, password } }),
        await ask("POST", "/v1/accounts/verify", { body: { code: await code(email) } }),
        await ask("POST", "/v1/sessions", { body: { email, password } }),
      ];
      expect(steps.map(({ status }) => status)).toEqual([200, 200, 200]);
      return steps[2]?.body as unknown as LoggedIn;
    },
    async stop() {
      await node.stop();
      await backing.stop();
    },
  };
}
