/** What every service of a process works with. Made once at start and handed on as an argument. */
import type { Logger } from "pino";
import type { Blobs } from "./blobs";
import type { Announced } from "./delivery";
import type { FactLog } from "./fact-log";
import type { GroupWriter } from "./group-writer";
import type { Identity } from "./identity";
import type { Lookup } from "./lookup";
import type { Memory } from "./memory";
import type { Claims } from "../../models/kernel/claims";
import type { Clock } from "../../models/kernel/clock";
import type { Target } from "../../models/kernel/contract";
import type { Fact } from "../../models/kernel/facts";
import type { Histories } from "../../models/kernel/histories";
import type { RoleBook } from "./role-book";
import type { Personal } from "../../models/kernel/personal";
import type { Commit } from "../../models/kernel/row";

export interface Limits {
  /** Commands that may wait for one actor. */
  readonly mailboxMax: number;
  /** Commands of one actor decided in a row and written together. */
  readonly batchMax: number;
  /** Files that one party may upload, and bytes of them, unless it is given another room. */
  readonly room: { readonly filesMax: number; readonly bytesMax: number };
}

export interface Node {
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: Limits;
  readonly claims: Claims;
  readonly identity: Identity;
  readonly roles: RoleBook;
  histories(aggregate: string): Histories;
  /** What this process' actors remember. */
  readonly memory: Memory;
  /** Where the rows of all actors of an aggregate meet on their way to the store. */
  writer(aggregate: string): GroupWriter;
  /** Who waits for what happens to something. */
  readonly waiting: Pick<Lookup, "page" | "count">;
  /** Seals and reveals the personal fields of an aggregate; does nothing where there are none. */
  personal(aggregate: string): Personal;
  /** Facts of a kind of `models/index.ts`, by the name of their collection; each who asks has a writer of its own. */
  facts<F extends Fact>(collection: string): FactLog<F>;
  /** What was learnt, by the hash of its content. */
  readonly blobs: Blobs;
  /** Tells the relay what has become durable. */
  committed(commits: readonly Announced[]): void;
  /** Where a commit will be seen on the read side; given by the projections. */
  targetsOf(commit: Commit): readonly Target[];
}
