/**
 * What is told of a commit, and to whom. Of an event's data only fields go out that the catalogue's action answers to
 * the same party, by the schema of its answer; what is personal or secret never does. The rest is read by the API.
 */
import { kept } from "../../models";
import { contracts } from "../../models/contracts";
import { derivedId } from "../../models/kernel/ids";
import { commitRef, type Commit, type Row } from "../../models/kernel/row";
import { chooses, toldKinds, type ToldKind } from "../../models/webhook/webhook.catalogue.contract";
import type { LiveWebhook } from "../../models/webhook/webhook.aggregate";
import type { Occasion } from "../kernel/deliveries";

/** The body of what is told. Fields may be added, never changed or taken away. */
export interface Payload {
  /** As the header `webhook-id`. */
  readonly id: string;
  /** `order.placed` */
  readonly type: string;
  /** When it happened. */
  readonly timestamp: string;
  /** Orders commits across the mall; null for a test. */
  readonly position: string | null;
  readonly aggregate: string;
  readonly aggregateId: string;
  /** The version that it made: of one thing the higher one is the later. */
  readonly version: number | null;
  readonly data: object;
}

type Fields = Readonly<Record<string, unknown>>;

interface Described {
  readonly type?: string;
  readonly keys?: Readonly<Record<string, Described>>;
  readonly items?: readonly Described[];
  readonly matches?: readonly { readonly schema?: Described }[];
  readonly patterns?: readonly unknown[];
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const branchesOf = (described: Described): readonly Described[] =>
  described.matches?.flatMap(({ schema }) => (schema ? branchesOf(schema) : [])) ?? [described];

/** What the schemas together say of a member: a union's branches each have their own. */
function memberOf(branches: readonly Described[], name: string): Described | null {
  const found = branches.flatMap(({ keys }) => keys?.[name] ?? []);
  return found.length === 0 ? null : { matches: found.map((schema) => ({ schema })) };
}

/** What of a value a schema answers; undefined for nothing. */
export function answered(described: Described, value: unknown, hidden: readonly string[]): unknown {
  const branches = branchesOf(described);
  if (Array.isArray(value)) {
    const items = branches.flatMap((one) => one.items ?? []);
    const item: Described = { matches: items.map((schema) => ({ schema })) };
    return items.length === 0 ? undefined : value.flatMap((one: unknown) => answered(item, one, hidden) ?? []);
  }
  if (!isFields(value)) return branches.length === 0 ? undefined : value;
  // texts by language, attributes by name: whichever keys there are
  if (branches.some(({ patterns }) => patterns !== undefined)) return value;
  const members = Object.entries(value).flatMap(([name, member]) => {
    const known = hidden.includes(name) ? null : memberOf(branches, name);
    const told = known === null ? undefined : answered(known, member, hidden);
    return told === undefined ? [] : [[name, told] as const];
  });
  return members.length === 0 && branches.every(({ keys }) => keys === undefined)
    ? undefined
    : Object.fromEntries(members);
}

const describedBy = new Map<string, Described>();

/** Worked out once: a schema is described in a millisecond, and is the same for ever. */
function answerOf(action: string): Described {
  const known = describedBy.get(action);
  if (known) return known;
  const result = contracts.map(({ actions }) => actions[action]?.result).find((found) => found !== undefined);
  const described = (result?.describe() ?? {}) as Described;
  describedBy.set(action, described);
  return described;
}

function hiddenOf(aggregate: string): readonly string[] {
  const model = kept.find((one) => one.aggregate.name === aggregate)?.model;
  return [...(model?.personal?.fields ?? []), ...(model?.secret ?? [])];
}

const viewFor = ({ view, sellerView = view }: ToldKind, sellerId: string | null): string =>
  sellerId === null ? view : sellerView;

/** The public part of an event, for the mall (null) or for a seller. */
export function publicPart(aggregate: string, data: object, sellerId: string | null): object {
  const kind = toldKinds[aggregate];
  if (!kind) return {};
  return (answered(answerOf(viewFor(kind, sellerId)), data, hiddenOf(aggregate)) as object | undefined) ?? {};
}

/** Whose the thing is; null where it is no seller's. */
export function sellerOf({ aggregate, aggregateId, state }: Pick<Commit, "aggregate" | "aggregateId" | "state">) {
  const by = toldKinds[aggregate]?.seller;
  if (by === "id") return aggregateId;
  const found = by && isFields(state) ? state[by] : null;
  return typeof found === "string" ? found : null;
}

/** By the names under which things say in which channels they are. */
function isInChannel(state: unknown, channelId: string): boolean {
  if (!isFields(state)) return false;
  const { channelId: one, channel, channels } = state;
  return one === channelId || channel === channelId || (Array.isArray(channels) && channels.includes(channelId));
}

/** Whether an endpoint is told of things like this one at all. */
export function concerns(endpoint: LiveWebhook, commit: Pick<Commit, "aggregate" | "aggregateId" | "state">): boolean {
  const { sellerId, channelId } = endpoint;
  if (sellerId !== null && sellerOf(commit) !== sellerId) return false;
  return channelId === null || isInChannel(commit.state, channelId);
}

const isTold = (type: string): boolean => {
  const dot = type.indexOf(".");
  return toldKinds[type.slice(0, dot)]?.events.includes(type.slice(dot + 1)) ?? false;
};

const eventIdOf = (
  { aggregate, aggregateId, version }: Pick<Commit, "aggregate" | "aggregateId" | "version">,
  n: number,
) => derivedId("event", commitRef(aggregate, aggregateId, version), String(n));

/** What an endpoint is told of a commit. */
export function occasionsFor(endpoint: LiveWebhook, commit: Commit): Occasion[] {
  const { aggregate, aggregateId, version, committedAt: happenedAt } = commit;
  const chosen = commit.events.flatMap(({ type }, n) =>
    isTold(type) && chooses(endpoint.events, type) ? [{ type, n }] : [],
  );
  if (chosen.length === 0 || !concerns(endpoint, commit)) return [];
  return chosen.map(({ type, n }) => ({
    ...{ type, n, aggregate, aggregateId, version, happenedAt },
    eventId: eventIdOf(commit, n),
  }));
}

/** What is told of an event of a row; null where there is none. */
export function payloadOf(occasion: Occasion, row: Row | null, sellerId: string | null): Payload | null {
  const { eventId: id, type, aggregate, aggregateId, version, n, happenedAt: timestamp } = occasion;
  const of = { id, type, timestamp, aggregate, aggregateId, version };
  if (version === null) return { ...of, position: null, data: {} };
  const event = row?.events[n];
  if (!row || event?.type !== type) return null;
  return { ...of, position: row.hlc, data: publicPart(aggregate, event.data, sellerId) };
}
