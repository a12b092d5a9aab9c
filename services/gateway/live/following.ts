/** The stream is followed while somebody is connected, and a while after: a node that nobody looks at pays nothing. */
import type { Commit } from "../../../models/kernel/row";
import type { Position } from "../../../indexers/kernel/live-boards";
import type { LiveFeed } from "../../kernel/live-feed";

export interface Listener {
  /** @param storedMs when the stream took it in */
  readonly heard: (commit: Commit, number: number, storedMs: number) => void;
  readonly lost: (why: string) => void;
}

/** Makes a feed that is not begun. */
export type Follow = (listener: Listener) => Promise<LiveFeed>;

export interface Following {
  /** Resolves when the stream is followed. @throws Error when it cannot be */
  awake(): Promise<void>;
  /** To be told now and then how many are connected. */
  tick(connected: number): void;
  position(): Position;
  stop(): Promise<void>;
}

const ALONE_MS = 60_000;
const NOWHERE: Position = { stream: "", number: 0 };

export function createFollowing(follow: Follow, listener: Listener, nowMs: () => number = Date.now): Following {
  let feed: LiveFeed | null = null;
  let waking: Promise<void> | null = null;
  let neededAt = 0;

  async function wake(): Promise<void> {
    const made = await follow(listener);
    // before it is begun: what it hears at once has a number
    feed = made;
    try {
      await made.start();
    } catch (error) {
      feed = null;
      await made.stop();
      throw error;
    }
  }
  async function sleep(): Promise<void> {
    const made = feed;
    feed = null;
    waking = null;
    await made?.stop();
  }
  return {
    awake() {
      neededAt = nowMs();
      waking ??= wake().catch((error: unknown) => {
        waking = null;
        throw error;
      });
      return waking;
    },
    tick(connected) {
      if (connected > 0) neededAt = nowMs();
      else if (feed !== null && nowMs() - neededAt > ALONE_MS) void sleep();
    },
    position: () => feed?.position() ?? NOWHERE,
    async stop() {
      await waking?.catch(() => undefined);
      await sleep();
    },
  };
}
