/** Looking back: the same actions for every aggregate; a new aggregate gets them by existing. */
import Joi from "joi";
import { anyContract, type Contract } from "./contract";
import type { DomainEvent, Iso } from "./row";
import { idSchema } from "./text";

export interface HistoryOf {
  readonly aggregate: string;
  readonly id: string;
}

export interface PageHistory extends HistoryOf {
  /** Versions after this one. */
  readonly after: number;
  readonly limit: number;
}

/** `version`, or `at` in recorded time; exactly one of them. */
export interface AsOf extends HistoryOf {
  readonly version?: number;
  readonly at?: Iso;
}

/** Who did what, when, and what happened. */
export interface HistoryEntry {
  readonly version: number;
  readonly command: string;
  readonly events: readonly DomainEvent[];
  readonly by: string;
  readonly onBehalfOf: string | null;
  readonly causedBy: string | null;
  readonly occurredAt: Iso;
  readonly committedAt: Iso;
  readonly hash: string;
}

export interface HistoryPage {
  readonly items: readonly HistoryEntry[];
  /** Give this as `after` to read on; null at the end. */
  readonly next: number | null;
}

export interface StateAsOf extends HistoryEntry {
  readonly state: unknown;
}

export interface HistoryCalls {
  "history.page": { params: PageHistory; result: HistoryPage };
  "history.asOf": { params: AsOf; result: StateAsOf };
}

const of = {
  aggregate: Joi.string()
    .pattern(/^[a-z]{1,32}$/, "aggregate")
    .required(),
  id: idSchema.required(),
};
const version = Joi.number().integer().min(1).max(999_999_999);
const moment = Joi.string().isoDate().required();
const text = Joi.string().required();
// not strict as the params are: Joi has no word for read-only lists
const entry = {
  version: version.required(),
  command: text.description("The wire name of the command"),
  events: Joi.array()
    .items(Joi.object<DomainEvent, true>({ type: text, data: Joi.object().unknown().required() }))
    .required(),
  by: text.description("The id of the principal"),
  onBehalfOf: text.allow(null),
  causedBy: text.allow(null),
  occurredAt: moment,
  committedAt: moment,
  hash: text,
};

const read = { kind: "query", permission: "history.read", owner: "platform" } as const;

const contract: Contract<HistoryCalls> = {
  aggregate: "history",
  actions: {
    "history.page": {
      ...read,
      summary: "Every version of a thing: who, when, by which command, what happened",
      params: Joi.object<PageHistory, true>({
        ...of,
        after: version.min(0).default(0),
        limit: Joi.number().integer().min(1).max(200).default(50),
      }),
      result: Joi.object<HistoryPage>({
        items: Joi.array().items(Joi.object<HistoryEntry>(entry)).max(200).required(),
        next: version.allow(null).required().description("Give this as `after` to read on; null at the end"),
      }),
      http: { method: "GET", path: "/v1/history/{aggregate}/{id}" },
    },
    "history.asOf": {
      ...read,
      summary: "A thing as it was at a version or at a moment",
      params: Joi.object<AsOf, true>({ ...of, version, at: Joi.string().isoDate().max(30) }).xor("version", "at"),
      result: Joi.object<StateAsOf>({ ...entry, state: Joi.any().required() }),
      http: { method: "GET", path: "/v1/history/{aggregate}/{id}/as-of" },
    },
  },
};

export const historyContract = anyContract(contract);
