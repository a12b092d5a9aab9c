/** What a node and its thread of delivery say to each other. */
import type { Announced } from "../../services/kernel/delivery";
import type { Config } from "../../moleculer.config";
import type { DeliveryStatus } from "./delivery";

/** All that the thread is given: it opens its own connections. */
export type ThreadConfig = Pick<
  Config,
  "mongodbUrl" | "elasticsearchUrl" | "natsUrl" | "namespace" | "nodeId" | "logLevel" | "analytics"
>;

export type ToThread =
  /** Comes first, and once. */
  | { readonly kind: "begin"; readonly config: ThreadConfig }
  | { readonly kind: "commits"; readonly packed: readonly string[] }
  | { readonly kind: "status"; readonly id: number }
  /** Somebody waits for what this reader reads. */
  | { readonly kind: "hurry"; readonly reader: string }
  | { readonly kind: "stop" };

export type FromThread =
  | { readonly kind: "ready" }
  /** Why it cannot work, as a sentence for a person. */
  | { readonly kind: "failed"; readonly why: string }
  /** So much of what was handed over has left the port. */
  | { readonly kind: "taken"; readonly load: Load }
  | { readonly kind: "status"; readonly id: number; readonly status: DeliveryStatus }
  /** The newest stamp of what was read. */
  | { readonly kind: "observed"; readonly hlc: string }
  /** A line of the log, as pino writes it. */
  | { readonly kind: "log"; readonly line: string };

const FIELDS = 5;

/** How much a handful of commits is. */
export interface Load {
  readonly commits: number;
  readonly chars: number;
}

export const loadOf = (commits: readonly Announced[]): Load => ({
  commits: commits.length,
  chars: commits.reduce((sum, { body }) => sum + body.length, 0),
});

/** Strings one after the other: copying them from thread to thread costs least. */
export function pack(commits: readonly Announced[]): string[] {
  const packed: string[] = [];
  for (const { aggregate, aggregateId, version, rowId, body } of commits) {
    packed.push(aggregate, aggregateId, String(version), rowId, body);
  }
  return packed;
}

export function unpack(packed: readonly string[]): Announced[] {
  const at = (i: number): string => packed[i] ?? "";
  return Array.from({ length: packed.length / FIELDS }, (_, n) => {
    const i = n * FIELDS;
    return {
      aggregate: at(i),
      aggregateId: at(i + 1),
      version: Number(at(i + 2)),
      rowId: at(i + 3),
      body: at(i + 4),
    };
  });
}
