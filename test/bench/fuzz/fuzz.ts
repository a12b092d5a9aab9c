/**
 * Asks every route of a mall's own OpenAPI document, with params made from the schemas there, as several people. What
 * it looks for: an answer of 500 or more, no answer, an answer that is not what was declared, and somebody else's
 * marker in an answer. The seed decides what is drawn; ids, codes and times come from the mall, and which answer comes
 * first decides what is drawn from next. So a seed gives the same kind of load again, not the same requests: a finding
 * tells its whole request, by which it can be sent again.
 */
import { seeded, type Random } from "../../../bin/demo/random";
import { seedOf } from "../../../models/kernel/mulberry";
import type { Document } from "./conforms";
import { openMailbox } from "./mailbox";
import { made, type Params } from "./request";
import { routesOf } from "./routes";
import { send, type Finding, type Count, type Person, type Run } from "./run";
import { openStage, Stuck, type Scene, type Surroundings } from "./stage";
import { chosenPerson, chosenRoute, goesOn, mannerOf } from "./steer";
import { stories } from "./stories";
import { leaveMarket } from "./stories/market";
import { openTransport } from "./transport";

export interface FuzzOptions {
  readonly url: string;
  readonly document: Document;
  /** The first two are administrators. */
  readonly people: readonly Person[];
  readonly markers: readonly string[];
  readonly secret: string;
  readonly seed: number;
  readonly requests: number;
  /** How often each route should be answered well. */
  readonly least: number;
  /** Ids of what is there already, by kind. */
  readonly known: Readonly<Record<string, readonly string[]>>;
  /** Where the mall writes its mails. */
  readonly mails: string;
  readonly throughProvider: (url: string, login: string) => Promise<Params>;
  readonly told?: (asked: number, fraction: number) => void;
}

export interface FuzzReport {
  readonly asked: number;
  readonly valid: number;
  readonly routes: ReadonlyMap<string, Count>;
  /** The first ones. */
  readonly findings: readonly Finding[];
  /** By route: why its story could not be told, the last time. */
  readonly stuck: ReadonlyMap<string, string>;
}

const HANG_MS = 25_000;
const WORKERS = 16;
const STORY = 0.9;
/** How often an administrator ends a story that is about nobody in particular. */
const BY_ADMINISTRATOR = 0.5;

/** Kept for the report: a route whose story never comes to its end falls short. */
function halted({ run, shelf }: Surroundings, name: string, error: unknown): void {
  if (!(error instanceof Stuck)) throw error;
  run.stuck.set(name, error.message);
  // whom it relied on may have been erased, suspended or closed meanwhile
  shelf.members.length = 0;
  shelf.active.length = 0;
  leaveMarket(shelf);
}

type Told = Scene & { readonly from?: string | undefined; readonly after?: readonly string[] };

/** What leads to a request of this route; nothing where the story comes to a halt. */
async function sceneOf(around: Surroundings, name: string, random: Random): Promise<Told> {
  const story = stories[name];
  if (story === undefined || !random.chance(STORY)) return {};
  const stage = openStage(around, random);
  try {
    const scene = await story(stage);
    const somebody = random.chance(BY_ADMINISTRATOR) ? { as: stage.one } : {};
    return { ...somebody, ...scene, from: stage.from, after: stage.written };
  } catch (error) {
    halted(around, name, error);
    return {};
  }
}

/** What has to come first, and then the request itself. */
async function one(around: Surroundings, least: number, random: Random): Promise<void> {
  const { run } = around;
  const route = chosenRoute(run, least, random);
  const { spoiled, concerned } = mannerOf(run, route, least);
  const { params, as, from, after, file, headers } = await sceneOf(around, route.name, random);
  const person = as && random.chance(concerned) ? as : chosenPerson(run, random);
  await send(run, made(run, route, { random, person, params, after, file, headers, spoiled }), from);
}

const validOf = (counts: ReadonlyMap<string, Count>): number =>
  [...counts.values()].reduce((sum, count) => sum + count.valid, 0);

/** How much of what each route has to answer well has been. */
function answeredShare(counts: Run["counts"], least: number): number {
  const answered = [...counts.values()].reduce((sum, { valid }) => sum + Math.min(valid, least), 0);
  return least === 0 ? 1 : answered / (least * counts.size);
}

export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { url, document, people, known, mails, markers, secret, seed, requests, least, throughProvider, told } =
    options;
  const routes = routesOf(document);
  const transport = openTransport(HANG_MS);
  const counts = new Map(routes.map(({ name }) => [name, { asked: 0, valid: 0, refused: 0, failed: 0, tookMs: 0 }]));
  const pools = new Map(Object.entries(known).map(([kind, ids]) => [kind, [...ids]]));
  const found: Pick<Run, "findings" | "stuck"> = { findings: [], stuck: new Map() };
  const run: Run = { url, document, people, routes, counts, pools, ...found, transport: transport.send, asked: 0 };
  const shelf = { members: [], active: [], suspended: [] };
  const around = { run, mailbox: openMailbox(mails), shelf, markers, secret, throughProvider };
  let next = 0;
  const work = async (): Promise<void> => {
    while (goesOn(run, least, requests)) {
      await one(around, least, seeded(seedOf(seed, next++)));
      told?.(run.asked, Math.min(run.asked / requests, answeredShare(counts, least)));
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work)).finally(() => transport.close());
  return { asked: run.asked, valid: validOf(counts), routes: counts, ...found };
}
