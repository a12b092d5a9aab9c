/** Every command by name. A name that is not here is answered with CommandNotFound. */
import { aggregate } from "./aggregate";
import { type Command, type Request } from "./command";
import * as admin from "./commands-admin";
import * as collections from "./commands-collections";
import * as read from "./commands-read";
import * as write from "./commands-write";

const reads: Record<string, Command> = {
  hello: admin.hello,
  isMaster: admin.hello,
  ismaster: admin.hello,
  ping: admin.ok,
  buildInfo: admin.buildInfo,
  buildinfo: admin.buildInfo,
  serverStatus: admin.serverStatus,
  endSessions: admin.ok,
  find: read.find,
  getMore: read.getMore,
  killCursors: read.killCursors,
  count: read.count,
  distinct: read.distinct,
  explain: read.explain,
  listIndexes: admin.listIndexes,
  listCollections: collections.listCollections,
  listDatabases: collections.listDatabases,
  aggregate,
};

const writes: Record<string, Command> = {
  insert: write.insert,
  update: write.update,
  delete: write.remove,
  findAndModify: write.findAndModify,
  findandmodify: write.findAndModify,
  createIndexes: admin.createIndexes,
  dropIndexes: admin.dropIndexes,
  collMod: collections.collMod,
  create: collections.create,
  drop: collections.drop,
  renameCollection: collections.renameCollection,
  dropDatabase: collections.dropDatabase,
};

const lookup = (table: Record<string, Command>, name: string): Command | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

export const commandOf = (name: string): Command | undefined => lookup(reads, name) ?? lookup(writes, name);

export function writesData({ name, body }: Request): boolean {
  if (name !== "aggregate") return Object.hasOwn(writes, name);
  const last = Array.isArray(body.pipeline) ? (body.pipeline.at(-1) as object | undefined) : undefined;
  return last !== undefined && ("$out" in last || "$merge" in last);
}
