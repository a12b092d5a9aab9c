/** What every command gets and gives. */
import { type Catalog, type Collection } from "./catalog";
import { CommandError, Refused } from "./errors";
import { type Cursors } from "./cursors";
import { type Documents } from "./documents";
import { type Doc } from "./raw";
import { type Storage } from "./storage";

export type Server = {
  storage: Storage;
  catalog: Catalog;
  documents: Documents;
  cursors: Cursors;
  startedAt: number;
  /** How many commands of each name were taken in. */
  taken: Map<string, number>;
};

/** `body` is the command, decoded; `raw` its bytes; `sequences` the documents that came beside it. */
export type Request = { name: string; db: string; body: Doc; raw: Buffer; sequences: Map<string, Buffer[]> };

/** A reply as an object, or as bytes when it holds documents. */
export type Reply = Doc | Buffer;
export type Command = (server: Server, request: Request) => Reply;

/** The namespace in the command's first field. */
export function namespaceOf({ db, body, name }: Request): string {
  const collection = body[name];
  if (typeof collection !== "string" || collection === "") {
    throw new CommandError(73, `${name} needs the name of a collection.`);
  }
  return `${db}.${collection}`;
}

export const collectionFor = (server: Server, ns: string): Collection =>
  server.catalog.find(ns) ?? server.catalog.create(ns);

/** @throws NamespaceNotFound. */
export function existing(server: Server, request: Request): Collection {
  const ns = namespaceOf(request);
  const collection = server.catalog.find(ns);
  if (!collection) throw new CommandError(26, `ns does not exist: ${ns}`);
  return collection;
}

export const docOf = (value: unknown): Doc => (value ?? {}) as Doc;

/** A count in a command; numbers of every kind, and nothing, are fine. */
export function countOf(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = typeof value === "object" ? Number((value as { toString(): string }).toString()) : Number(value);
  if (!Number.isFinite(number)) throw new CommandError(2, `${name} must be a number.`);
  return Math.trunc(number);
}

/** @throws Refused when the command has an option that would change its result and is not made here. */
export function refuseOptions(request: Request, options: readonly string[]): void {
  const used = options.find((option) => {
    const value = request.body[option];
    return value !== undefined && value !== null && value !== false;
  });
  if (used) throw new Refused(`${request.name} with ${used}`);
}
