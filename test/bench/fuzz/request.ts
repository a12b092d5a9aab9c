/** Requests of a route, with params made from its schemas. */
import type { Random } from "../../../bin/demo/random";
import { lookedKind } from "./hints";
import type { FuzzRoute } from "./routes";
import type { Person, Run } from "./run";
import { objectOf, spoiled } from "./values";

export type Params = Readonly<Record<string, unknown>>;

export interface Made {
  readonly route: FuzzRoute;
  readonly person: Person;
  readonly path: string;
  readonly body: string | Buffer | null;
  readonly id: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Tokens of what was written before, which the answer has to know of. */
  readonly after?: readonly string[] | undefined;
  /** What it makes is not drawn from. */
  readonly apart?: boolean | undefined;
}

export interface Making {
  readonly random: Random;
  readonly person: Person;
  /** Params that are not to be made up; undefined leaves one out. */
  readonly params?: Params | undefined;
  /** With nothing out of order and nothing that is not needed: a step of a story. */
  readonly tidy?: boolean;
  readonly after?: readonly string[] | undefined;
  /** For a route that takes one. */
  readonly file?: Buffer | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly apart?: boolean | undefined;
  /** How likely it is that something is put out of order. */
  readonly spoiled?: number;
}

/** What an upload without a story brings. */
const NO_FILES = ["", "no file that is kept", "%PDF-1.7 and nothing more", "{}"];

function queryText(params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) query.append(name, String(one));
  }
  return query.size === 0 ? "" : `?${query.toString()}`;
}

const withoutNothing = (params: Params): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));

/** Those of the given params that belong here. */
function among(schema: Params, given: Params): Params {
  const { properties = {} } = schema as { properties?: Params };
  return Object.fromEntries(Object.entries(given).filter(([name]) => name in properties));
}

const fileFor = ({ takesFile }: FuzzRoute, { file, random }: Making): Buffer | null =>
  file ?? (takesFile ? Buffer.from(random.pick(NO_FILES)) : null);

const isSpoiled = ({ tidy = false, spoiled: odds = 0, random }: Making): boolean => !tidy && random.chance(odds);

export function made({ pools }: Run, route: FuzzRoute, making: Making): Made {
  const { random, person, params = {}, tidy = false, after, headers, apart } = making;
  const kind = route.kind === "history" ? lookedKind(random, pools) : route.kind;
  const asked = { random, pools, route: route.name, kind, sparse: tidy };
  const spoil = isSpoiled(making);
  const part = (schema: FuzzRoute["inPath"]): Record<string, unknown> => {
    const whole = withoutNothing({ ...objectOf(schema, asked), ...among(schema, params) });
    return spoil ? spoiled(whole, random) : whole;
  };
  const of = route.kind === "history" ? { aggregate: kind } : {};
  const place: Params = { ...objectOf(route.inPath, asked), ...of, ...among(route.inPath, params) };
  const path = route.path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(place[name])));
  const query = queryText(part(route.inQuery));
  const body = fileFor(route, making) ?? (route.body && JSON.stringify(part(route.body)));
  const id = place["id"] as string | undefined;
  return { route, after, headers, person, path: path + query, body, id, apart };
}
