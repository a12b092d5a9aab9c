/** One refresh for all who wait for one, and no more of them per second than the engine bears. */
import type { Client } from "@elastic/elasticsearch";
import { setTimeout as pause } from "node:timers/promises";
import type { Audience } from "./audience";
import { asking } from "./client";

/** Resolves when a refresh that began after the call has ended. */
export type Refresher = () => Promise<void>;

export function createRefresher(client: Client, alias: string, perSecondMax: number): Refresher {
  const gapMs = 1_000 / perSecondMax;
  let last = -Infinity;
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  const start = async (previous: Promise<void>): Promise<void> => {
    await previous.catch(() => undefined);
    const restMs = last + gapMs - performance.now();
    if (restMs > 0) await pause(restMs);
    // from here on a caller needs the following one: this refresh begins now
    next = null;
    last = performance.now();
    await asking("refresh", () => client.indices.refresh({ index: alias }));
  };

  return () => {
    if (next) return next;
    next = running = start(running);
    return next;
  };
}

/** Makes what was written seen. Never waits and never fails: what it leaves out, the engine does by itself. */
export type Show = (index: string) => void;

/**
 * What was written is refreshed at once, or as soon as the last refresh is long enough ago: who gathers writes has made
 * their readers wait already, and the engine's own interval would come on top. Where nobody searches there is nobody to
 * show it to, and each refresh costs the engine as much as several searches.
 */
export function createShow(client: Client, gapMs: number, audience: Audience): Show {
  let wanted: string | null = null;
  let busy = false;
  let free = -Infinity;

  function refresh(index: string): void {
    wanted = null;
    free = performance.now() + gapMs;
    const done = (): void => {
      busy = false;
      begin();
    };
    client.indices.refresh({ index }).then(done, done);
  }

  /** One at a time, and none before its time. */
  function begin(): void {
    const index = wanted;
    if (busy || index === null) return;
    busy = true;
    const restMs = free - performance.now();
    if (restMs <= 0) refresh(index);
    else setTimeout(() => refresh(wanted ?? index), restMs).unref();
  }

  return (index) => {
    if (!audience(index)) return;
    wanted = index;
    begin();
  };
}
