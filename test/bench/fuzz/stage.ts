/** Where stories are told: what has to come before a request, done by asking the routes, each answer looked at. */
import type { Random } from "../../../bin/demo/random";
import { seededNetwork } from "./hints";
import type { Mailbox } from "./mailbox";
import { made, type Params } from "./request";
import { keep, send, type Answered, type Person, type Run } from "./run";

/** Somebody with an account of the mall. */
export interface Member extends Person {
  readonly accountId: string;
  readonly email: string;
  readonly password: string;
  readonly refreshToken: string;
  readonly madeAt: number;
}

/** What stories leave behind for others. */
export interface Shelf {
  readonly members: Member[];
  /** Sellers by id. */
  readonly active: string[];
  readonly suspended: string[];
}

export interface Surroundings {
  readonly run: Run;
  readonly mailbox: Mailbox;
  readonly shelf: Shelf;
  /** What nobody must see who is not told to. */
  readonly markers: readonly string[];
  /** The mall's own. */
  readonly secret: string;
  /** Goes through an OpenID provider's pages as whoever has this address, and gives what it sends back. */
  readonly throughProvider: (url: string, login: string) => Promise<Params>;
}

/** What a story leads to: who asks, and with which params. What is not said here is made up. */
export interface Scene {
  readonly params?: Params;
  readonly as?: Person;
  /** A body as it is, byte by byte. */
  readonly file?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of a step: no other request draws what it makes. */
  readonly apart?: boolean;
}

export type Story = (stage: Stage) => Promise<Scene>;

export interface Stage {
  readonly secret: string;
  readonly random: Random;
  readonly shelf: Shelf;
  readonly markers: readonly string[];
  /** The network that all of this story comes from. */
  readonly from: string | undefined;
  /** Tokens of what was written in this story, oldest first: what comes next sees it. */
  readonly written: readonly string[];
  /** Two administrators. */
  readonly one: Person;
  readonly two: Person;
  /** By the first administrator, unless somebody is named. @throws Stuck when it is refused */
  ask(route: string, scene?: Scene): Promise<Answered["body"]>;
  code(to: string): Promise<string>;
  throughProvider: Surroundings["throughProvider"];
  /** Lets requests that no story tells use this one, too. */
  known(kind: string, id: string): void;
}

/** A story that cannot go on. */
export class Stuck extends Error {}

function wellOr(name: string, answered: Answered | null): Answered["body"] {
  if (answered === null) throw new Stuck(`${name} did not answer`);
  if (answered.status < 300) return answered.body;
  throw new Stuck(`${name} answered ${answered.status}: ${answered.text.slice(0, 300)}`);
}

/** A header has its bounds. */
const WRITTEN_MAX = 8;

export function openStage(
  { run, mailbox, shelf, markers, secret, throughProvider }: Surroundings,
  random: Random,
): Stage {
  const [one, two] = run.people as readonly [Person, Person];
  const from = seededNetwork(random);
  const written: string[] = [];
  const wrote = (token: string | undefined): void => {
    if (token !== undefined) written.push(token);
    written.splice(0, written.length - WRITTEN_MAX);
  };
  return {
    secret,
    random,
    shelf,
    markers,
    from,
    written,
    one,
    two,
    throughProvider,
    ask: async (name, { params, as: person = one, file, apart } = {}) => {
      const route = run.routes.find((other) => other.name === name);
      if (!route) throw new Stuck(`there is no route ${name}`);
      const request = made(run, route, { random, person, params, tidy: true, after: [...written], file, apart });
      const answered = await send(run, request, from);
      wrote(answered?.token);
      return wellOr(name, answered);
    },
    code: (to) =>
      mailbox.code(to).catch((error: unknown) => {
        throw new Stuck(error instanceof Error ? error.message : String(error));
      }),
    known: (kind, id) => keep(run, kind, id),
  };
}
