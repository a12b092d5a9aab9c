/** A command on its way to an actor, and the letter that carries it there and brings the answer back. */
import type { Iso, Row, WrittenRow } from "../../models/kernel/row";
import type { Guard } from "./permission";

export interface Command {
  readonly id: string;
  /** Wire name of the action. */
  readonly name: string;
  readonly params: object;
  /** Of the params as the caller sent them, before the service added what it looked up. */
  readonly paramsHash: string;
  readonly aggregateId: string;
  /** True when the aggregate is expected not to exist: then it need not be looked for. */
  readonly creates: boolean;
  readonly by: string;
  readonly onBehalfOf: string | null;
  readonly causedBy: string | null;
  readonly trace: string | null;
  /** Business time, where it differs from now. */
  readonly occurredAt: Iso | null;
  readonly expectedVersion: number | null;
  /** Asked with state and params, before anything is decided or answered. */
  readonly guard: Guard;
  /** Stamp of the cause: the commit's own stamp will be later. */
  readonly after: string;
}

/** What the next version of an aggregate builds on. */
export type Head = Pick<Row, "version" | "hlc" | "hash">;

/** What is known of an aggregate: its newest row as stored, and its state in the clear. */
export interface Held {
  /** Only the head of an actor that was idle: the rest is in the text. */
  readonly row: Row | Head | null;
  readonly state: unknown;
  /** The row's text as it was hashed, where it is at hand: what an idle actor is kept as. */
  readonly text: WrittenRow | null;
}

/** What became of an aggregate by a command. */
export interface Made extends Held {
  readonly row: Row;
  readonly text: WrittenRow;
}

export interface Letter {
  readonly command: Command;
  /** How often it was decided in vain, because somebody else wrote first. */
  attempts: number;
  /** `row` is the version that the command made; for a command that changed nothing, the newest one. */
  resolve(row: Row): void;
  reject(error: unknown): void;
}

export type Decision =
  | {
      readonly kind: "made";
      readonly letter: Letter;
      readonly next: Made;
      readonly before: Held;
    }
  /** Nothing to insert: a refusal, a no-op, or a repeat; answered only after a look at the store. */
  | { readonly kind: "settled"; readonly letter: Letter; readonly error: unknown };
