/** The mall of a tour: its process, its folder, and the command line beside it. */
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { projectRoot } from "../../embedded/root";
import { launch, launchMall, type Ended, type Launched } from "../client/launch";
import { isAlive } from "../folder/processes";
import { readRunFile, type RunFile } from "../folder/run-file";
import { Sentence } from "../terminal/sentence";
import type { Guide } from "./guide";

export interface Scene {
  readonly guide: Guide;
  readonly folder: string;
  readonly dataDir: string;
  /** Prints the command, runs it, prints what it said. */
  stoa(...args: readonly string[]): Promise<Ended>;
  /** Prints a line for a shell and runs it as whoever pastes it would, in the project's folder. */
  shell(line: string): Promise<void>;
  /** The newest mail to this address. @throws Sentence when none comes in time */
  mailTo(address: string): Promise<string>;
  run(): Promise<RunFile>;
  kill(): Promise<void>;
  start(): Promise<void>;
}

const READY_WITHIN_MS = 90_000;
const MAIL_WITHIN_MS = 15_000;
const GONE_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 50;
const LINES_SHOWN = 12;

/** Looks until there is something. @throws Sentence when the time is up */
export async function until<T>(what: string, withinMs: number, look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    const found = await look();
    if (found !== null) return found;
    await pause(LOOK_EVERY_MS);
  }
  throw new Sentence(`The tour waited ${withinMs / 1_000} s in vain for this: ${what}.`);
}

async function newestMail(folder: string, address: string): Promise<string | null> {
  const names = (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith(".eml"))
    .sort()
    .reverse();
  for (const name of names) {
    const mail = await readFile(path.join(folder, name), "utf8");
    if (mail.includes(address)) return mail;
  }
  return null;
}

/** As it is read: soft line ends of quoted-printable text taken out. */
const readable = (mail: string): string => mail.replace(/=\r?\n/g, "").replaceAll("=3D", "=");

/** With what was named so far: `$PRODUCT`. */
const pasted = (line: string, guide: Guide): string =>
  line.replace(/\$([A-Z][A-Z_]*)/g, (name, key: string) => guide.named(key) || name);

export const startTourMall = (dataDir: string): Launched => launchMall(dataDir, ["--empty"]);

export interface Told {
  readonly guide: Guide;
  readonly folder: string;
  readonly dataDir: string;
  readonly mall: Launched;
}

export function createScene({ guide, folder, dataDir, mall: first }: Told): Scene & { stop(): Promise<void> } {
  let mall = first;
  const run = async (): Promise<RunFile> => {
    const found = await readRunFile(dataDir);
    if (found === null) throw new Sentence(`There is no run.json in ${dataDir}: the mall is gone.`);
    return found;
  };
  const told = (text: string): void => {
    for (const line of text.trim().split("\n").slice(0, LINES_SHOWN)) guide.tell(line);
  };
  return {
    guide,
    folder,
    dataDir,
    run,
    async stoa(...args) {
      guide.tell(`$ npm run stoa -- ${args.join(" ")} --data "$DATA"`);
      const ended = await launch([...args, "--data", dataDir]).ended;
      told(ended.out);
      return ended;
    },
    async shell(line) {
      guide.tell(`$ ${line}`);
      const env = { ...process.env, DATA: dataDir, FOLDER: folder };
      await promisify(execFile)("sh", ["-c", pasted(line, guide)], { cwd: projectRoot(), env });
    },
    mailTo: async (address) =>
      readable(
        await until(`a mail to ${address}`, MAIL_WITHIN_MS, () => newestMail(path.join(dataDir, "mail"), address)),
      ),
    async kill() {
      const { pids } = await run();
      mall.signal("SIGKILL");
      await mall.ended;
      const gone = async (): Promise<true | null> => ((await Promise.resolve(pids)).some(isAlive) ? null : true);
      await until("no process of the mall is left", GONE_WITHIN_MS, gone);
    },
    async start() {
      mall = startTourMall(dataDir);
      guide.moveTo(await mall.ready(READY_WITHIN_MS));
    },
    async stop() {
      mall.signal("SIGTERM");
      await mall.ended;
    },
  };
}
