/** The store as one process sees it: the histories and claims that all share, each call an operation that can fail. */
import type { ClaimRows } from "../../../models/kernel/claim-rows";
import type { Histories, InsertOutcome } from "../../../models/kernel/histories";
import type { Row } from "../../../models/kernel/row";
import type { Fault } from "./faults";
import type { Kind, Process, World } from "./world";

/** How the driver tells that nobody answered. */
class StoreSilent extends Error {
  override readonly name = "MongoNetworkError";
}

const silent = (fault: Fault) =>
  fault === "store does not answer"
    ? (): never => {
        throw new StoreSilent("the store did not answer");
      }
    : null;

/** Part of a batch arrived before the connection broke: of an ordered one the first rows, else any. */
function partOf(world: World, rows: readonly Row[], ordered: boolean): readonly Row[] {
  if (ordered) return rows.slice(0, world.chance.below(rows.length + 1));
  return rows.filter(() => world.chance.in(0.5));
}

export function faultyHistories(world: World, process: Process, shared: Histories): Histories {
  const ask = <T>(kind: Kind, what: string, start: () => Promise<T>): Promise<T> =>
    world.op({ kind, process, what, apply: () => start(), faulty: silent }).then((answer) => answer);
  const { aggregate } = shared;
  return {
    aggregate,
    insert: (rows, ordered) =>
      world
        .op<Promise<readonly InsertOutcome[]>>({
          kind: "insert",
          process,
          what: rows.map(({ _id }) => _id).join(" "),
          apply: () => shared.insert(rows, ordered),
          faulty: (fault) =>
            fault === "insert with unknown outcome"
              ? async () => {
                  await shared.insert(partOf(world, rows, ordered), ordered);
                  return rows.map(() => "unknown");
                }
              : null,
        })
        .then((answer) => answer),
    newest: (ids) => ask("read", ids.join(" "), () => shared.newest(ids)),
    standing: (id, commandIds) => ask("read", `standing of ${id}`, () => shared.standing(id, commandIds)),
    asOf: (id, moment) => ask("read", `${id} as of`, () => shared.asOf(id, moment)),
    page: (id, after, limit) => ask("read", `page of ${id}`, () => shared.page(id, after, limit)),
    scan: (after, limit) => ask("read", `scan of ${aggregate} after ${after}`, () => shared.scan(after, limit)),
    unpublished: (after, limit) => ask("read", `outbox of ${aggregate}`, () => shared.unpublished(after, limit)),
    markPublished: (ids) => ask("mark", ids.join(" "), () => shared.markPublished(ids)),
    count: () => shared.count(),
  };
}

export function faultyClaims(world: World, process: Process, shared: ClaimRows): ClaimRows {
  const ask = <T>(what: string, start: () => Promise<T>): Promise<T> =>
    world.op({ kind: "claims", process, what, apply: start, faulty: silent }).then((answer) => answer);
  return {
    insert: (claim) => ask(`insert ${claim._id} for ${claim.holder}`, () => shared.insert(claim)),
    find: (keys) => ask(`find ${keys.join(" ")}`, () => shared.find(keys)),
    swap: (was, next) => ask(`swap ${was._id} to ${next.holder}`, () => shared.swap(was, next)),
    remove: (claims) => ask(`remove ${claims.map(({ _id }) => _id).join(" ")}`, () => shared.remove(claims)),
  };
}

/** Every call of a store that never fails is still an operation: it waits for its turn, and a crash cuts it off. */
export function scheduled<T extends object>(world: World, process: Process, name: string, shared: T): T {
  return new Proxy(shared, {
    get(target, key) {
      const member = target[key as keyof T];
      if (typeof member !== "function") return member;
      const call = member as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) =>
        world
          .op({ kind: "broker", process, what: `${name}.${String(key)}`, apply: () => call.apply(target, args) })
          .then((answer) => answer);
    },
  });
}
