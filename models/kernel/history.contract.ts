/** Looking back: the same actions for every aggregate; a new aggregate gets them by existing. */
import Joi from "./schema";
import { anyContract, type Contract, type Receipt } from "./contract";
import {
  allAsOfSchema,
  asOfSchema,
  diffSchema,
  pageSchema,
  PAGE_MAX,
  proofSchema,
  type AllAsOf,
  type HistoryDiff,
  type HistoryPage,
  type HistoryProof,
  type StateAsOf,
} from "./history.results";
import type { Iso } from "./row";
import { idSchema } from "./text";

export interface HistoryOf {
  readonly aggregate: string;
  readonly id: string;
}

/** When it was written down, or when it happened: an import may tell of the past. */
export type TimeKind = "recorded" | "occurred";

export interface PageHistory extends HistoryOf {
  /** Versions after this one. */
  readonly after: number;
  readonly limit: number;
  /** Only this version, with the state. */
  readonly version?: number;
  /** Only the version that held then, with the state. */
  readonly at?: Iso;
  readonly time: TimeKind;
}

/** `version`, or `at`; exactly one of them. */
export interface AsOf extends HistoryOf {
  readonly version?: number;
  readonly at?: Iso;
  readonly time: TimeKind;
}

export interface AllAsOfAsk {
  readonly at: Iso;
  /** `offer/x,product/y` */
  readonly ids: string;
  readonly time: TimeKind;
}

export interface DiffHistory extends HistoryOf {
  /** The version before `to`, when left out. */
  readonly from?: number;
  /** The newest, when left out. */
  readonly to?: number;
}

export interface RestoreHistory extends HistoryOf {
  readonly version: number;
}

export interface VerifyHistory extends HistoryOf {
  readonly after: number;
  readonly limit: number;
}

export interface HistoryCalls {
  "history.page": { params: PageHistory; result: HistoryPage };
  "history.asOf": { params: AsOf; result: StateAsOf };
  "history.diff": { params: DiffHistory; result: HistoryDiff };
  "history.restore": { params: RestoreHistory; result: Receipt };
  "history.verify": { params: VerifyHistory; result: HistoryProof };
  "history.together": { params: AllAsOfAsk; result: AllAsOf };
}

const of = {
  aggregate: Joi.string()
    .pattern(/^[a-z]{1,32}$/, "aggregate")
    .required(),
  id: idSchema.required(),
};
const version = Joi.number().integer().min(1).max(999_999_999);
const at = Joi.string().isoDate().max(30);
const time = Joi.string()
  .valid("recorded", "occurred")
  .default("recorded")
  .description("Which time `at` is: when it was written down, or when it happened");
const after = version.min(0).default(0);
const PATH = "/v1/history/{aggregate}/{id}";
/** Things that can be asked for at once. */
const IDS = /^[a-z]{1,32}\/[a-z0-9][a-z0-9-]{0,63}(,[a-z]{1,32}\/[a-z0-9][a-z0-9-]{0,63}){0,49}$/;

/** A history is its thing's: `party` is whoever owns the thing, by the field that its own contract names. */
const read = { kind: "query", permission: "history.read", owner: { field: "party" } } as const;

const contract: Contract<HistoryCalls> = {
  aggregate: "history",
  actions: {
    "history.page": {
      ...read,
      summary: "Every version of a thing: who, when, by which command, what happened; or one of them, with the state",
      params: Joi.object<PageHistory, true>({
        ...of,
        after,
        limit: Joi.number().integer().min(1).max(PAGE_MAX).default(50),
        version,
        at,
        time,
      }).nand("version", "at"),
      result: pageSchema,
      http: { method: "GET", path: PATH },
    },
    "history.asOf": {
      ...read,
      summary: "A thing as it was at a version or at a moment",
      params: Joi.object<AsOf, true>({ ...of, version, at, time }).xor("version", "at"),
      result: asOfSchema,
      http: { method: "GET", path: `${PATH}/as-of` },
    },
    "history.diff": {
      ...read,
      summary: "What differs between two versions of a thing, as a JSON Patch and field by field",
      params: Joi.object<DiffHistory, true>({ ...of, from: version.min(0), to: version.min(0) }),
      result: diffSchema,
      http: { method: "GET", path: `${PATH}/diff` },
    },
    "history.restore": {
      ...read,
      kind: "command",
      key: "id",
      summary:
        "Bring an old version's content back, as a new version; needs the permission to change the thing as well",
      params: Joi.object<RestoreHistory, true>({ ...of, version: version.required() }),
      http: { method: "POST", path: `${PATH}/restore` },
    },
    "history.verify": {
      ...read,
      summary: "Prove a thing's history: its chain of hashes, and that a signed checkpoint vouches for it",
      params: Joi.object<VerifyHistory, true>({
        ...of,
        after,
        limit: Joi.number().integer().min(1).max(2_000).default(1_000),
      }),
      result: proofSchema,
      http: { method: "GET", path: `${PATH}/verify` },
    },
    "history.together": {
      ...read,
      summary: "Several things as they were at one moment; waits until nothing can be written before it any more",
      params: Joi.object<AllAsOfAsk, true>({
        at: at.required(),
        ids: Joi.string().max(5_000).pattern(IDS, "list like offer/x,product/y").required(),
        time,
      }),
      result: allAsOfSchema,
      http: { method: "GET", path: "/v1/as-of" },
    },
  },
};

export const historyContract = anyContract(contract);
