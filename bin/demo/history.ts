/**
 * What one aggregate of the demo market went through in a year: its commands in order, each at the moment when it is
 * said to have happened. Keys are numbered along the history, so that sending it twice is sending it once.
 */
import type { Command } from "../client/mall";
import { iso } from "./moments";

export interface Dated extends Command {
  readonly occurredAt: string;
}

export interface History {
  /** Adds the next command, a minute after the last one where `atMs` is not later. */
  add(action: string, params: object, atMs: number): void;
  readonly commands: readonly Dated[];
}

const MINUTE_MS = 60_000;

/** @param first key of the command that begins it; those after it add their number */
export function historyOf(first: string): History {
  const commands: Dated[] = [];
  let lastMs = 0;
  return {
    commands,
    add(action, params, atMs) {
      lastMs = atMs > lastMs ? atMs : lastMs + MINUTE_MS;
      const idempotencyKey = commands.length === 0 ? first : `${first}/${commands.length}`;
      commands.push({ action, params, idempotencyKey, occurredAt: iso(lastMs) });
    },
  };
}
