/**
 * The life of a mall on this machine: lock the data folder, bring up what it rests on, run its nodes, fill it when it
 * is empty, and stay until somebody stops it or something it needs ends. Whatever happens, what was started is stopped
 * in reverse order and the folder is left so that the next start finds its way.
 */
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { letPeopleIn } from "../demo/entrances";
import { fillIfEmpty } from "../demo/fill";
import { emptyFolder, makeFolder, prepareFolder } from "../folder/folder";
import { outsideSecret } from "../folder/outside-secret";
import { lockFolder } from "../folder/lock";
import { isAlive, noteOf } from "../folder/processes";
import { readRunFile, removeRunFile, writeRunFile } from "../folder/run-file";
import { ADMIN } from "../client/locate";
import { openMall, type Mall } from "../client/mall";
import { allLoaded } from "../compiled/compiled";
import type { Principal } from "../../services/kernel/call";
import type { Parts } from "../parts";
import { sentenceOf } from "../terminal/sentence";
import { startBacking, type BackingServices, type Embedded, type Env } from "./backing";
import { createClosers, type Closers } from "./closers";
import { startNodes, type Nodes } from "./nodes";
import { checkPort } from "./port";
import type { Ready } from "./welcome";

export interface StartOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly host: string;
  readonly nodes: number;
  readonly fresh: boolean;
  /** Of the demo market that an empty mall is filled with; 0 leaves it empty. */
  readonly products: number;
  readonly yes: boolean;
}

export interface Supervision {
  readonly options: StartOptions;
  readonly env: Env;
  readonly parts: Parts;
  /** Resolves when somebody wants it to stop. */
  readonly stop: Promise<unknown>;
  readonly say: (line: string) => void;
  /** Everything runs. */
  readonly ready: (ready: Ready) => void;
}

const PREDECESSOR_WITHIN_MS = 20_000;
/** A smaller market has nobody in it. */
const PEOPLED_PRODUCTS = 100;
const FILL_CONNECTIONS = 128;
/** Agrees to what the administrator alone cannot have done while the demo market is made. */
const SECOND: Principal = { id: "admin-second", permissions: ["*"] };

/** The children of a killed start end at the end of their pipes; their folders must not be opened before. */
async function predecessorGone(dataDir: string, say: (line: string) => void): Promise<void> {
  const pids = (await readRunFile(dataDir))?.pids ?? [];
  const until = Date.now() + PREDECESSOR_WITHIN_MS;
  if (pids.some(isAlive)) say("the last start was killed; waiting for its processes to end");
  while (pids.some(isAlive) && Date.now() < until) await pause(100);
}

async function openFolder({ options, env, say }: Supervision, closers: Closers): Promise<string> {
  const { dataDir, fresh } = options;
  await makeFolder(dataDir);
  const lock = await lockFolder(dataDir);
  closers.add("the lock of the data folder", () => lock.release(), 5_000);
  if (lock.recovered) await predecessorGone(dataDir, say);
  if (fresh) await emptyFolder(dataDir);
  const { secret } = await prepareFolder(dataDir, await outsideSecret(env));
  closers.add("run.json", () => removeRunFile(dataDir), 5_000);
  return secret;
}

/** Rejects when one of them ends; nobody may end by itself. */
function endOf(embedded: readonly Embedded[]): Promise<never> {
  return new Promise((_resolve, reject) => {
    for (const { name, exited, logPath } of embedded) {
      void exited.then(({ code, signal }) => {
        const how = signal ?? `exit code ${code ?? "unknown"}`;
        const rest = "Everything else was stopped in order; nothing that was acknowledged is lost.";
        const todo = `Its log: ${logPath}\n${rest}`;
        reject(new Error(`${name} ended by itself (${how}). ${todo} Start again with \`npm start\`.`));
      });
    }
  });
}

async function note(s: Supervision, backing: BackingServices, nodes: Nodes | null): Promise<void> {
  await writeRunFile(s.options.dataDir, {
    url: nodes?.url ?? null,
    main: await noteOf(process.pid),
    pids: [...backing.embedded.map(({ pid }) => pid), ...(nodes?.pids() ?? [])],
    namespace: s.env["STOA_NAMESPACE"] ?? "stoa",
    ...backing.urls,
  });
}

async function up(s: Supervision, closers: Closers, failed: (error: Error) => void): Promise<void> {
  const { options, env, parts, say } = s;
  const { dataDir, nodes, port } = options;
  const secret = await openFolder(s, closers);
  await checkPort(port, options.host);
  // the mall's modules load while its services, which are processes of their own, come up
  if (nodes === 1) parts.node().catch(() => undefined);
  const backing = await startBacking({ dataDir, env, parts, yes: options.yes, closers, say });
  endOf(backing.embedded).catch(failed);
  await note(s, backing, null);
  const plan = { nodes, port, dataDir, secret, urls: backing.urls };
  let running: Nodes | null = null;
  let noted: Promise<void> = Promise.resolve();
  // whoever recovers from a kill of this process must know its newest children
  const replaced = (): void => {
    noted = noted.then(() => note(s, backing, running));
    noted.catch((error: unknown) => say(`run.json could not be written: ${sentenceOf(error)}`));
  };
  running = await startNodes({ env, plan, parts, closers, say, failed, replaced });
  replaced();
  await noted;
  const tokens = await parts.tokens();
  const token = tokens.issueToken(secret, ADMIN);
  const market = await filled(s, running, { token, secret, tokenFor: (one) => tokens.issueToken(secret, one) });
  s.ready({ url: running.url, token, dataDir: path.resolve(dataDir), ...market });
  // also what was loaded by being used
  void allLoaded();
}

interface Keys {
  /** The administrator's. */
  readonly token: string;
  readonly secret: string;
  readonly tokenFor: (principal: Principal) => string;
}

type Market = Pick<Ready, "productId" | "entrances">;

/** What the mall is filled with goes the short way where its node runs in this process. */
async function filled(s: Supervision, { url, here }: Nodes, keys: Keys): Promise<Market> {
  const { options, say, env } = s;
  const { dataDir, products } = options;
  if (products === 0) return { productId: null, entrances: [] };
  const as = (principal: Principal): Mall =>
    here?.mall(principal, "demo market") ??
    openMall({ url, token: keys.tokenFor(principal), connections: FILL_CONNECTIONS });
  const [mall, second] = [as(ADMIN), as(SECOND)];
  try {
    const hands = { mall, second, principalId: ADMIN.id, dataDir, say };
    const { productId, filled: now } = await fillIfEmpty({ ...hands, products, screen: process.stderr });
    // they are let in by mails, which nobody but this machine must get
    const meant = productId !== null && !env["SMTP_URL"];
    const anew = now && products >= PEOPLED_PRODUCTS;
    return { productId, entrances: meant ? await letPeopleIn({ ...hands, ...keys, url, anew }) : [] };
  } finally {
    await Promise.all([mall.close(), second.close()]);
  }
}

/** Resolves after an orderly stop that somebody asked for. @throws what ended it otherwise, when all has stopped */
export async function supervise(s: Supervision): Promise<void> {
  const closers = createClosers(s.say);
  let fail: (error: Error) => void = () => undefined;
  const failure = new Promise<never>((_resolve, reject) => (fail = reject));
  const started = up(s, closers, fail);
  try {
    await Promise.race([s.stop, failure, started.then(() => Promise.race([s.stop, failure]))]);
    s.say("stopping …");
  } finally {
    await closers.all();
    // what was still starting when it was told to stop has failed by now, and that is no news
    started.catch(() => undefined);
  }
}
