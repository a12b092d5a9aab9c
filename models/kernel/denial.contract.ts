/** Looking at what was denied: every refused attempt to do something is a fact. */
import Joi from "./schema";
import { anyContract, type Contract } from "./contract";
import { FACT_ID_PATTERN, type Fact } from "./facts";
import { plainText } from "./text";
import type { Iso } from "./row";

/** Not logged in, not permitted, and a password or code that did not fit. */
export const DENIAL_TYPES = ["UNAUTHENTICATED", "FORBIDDEN", "CREDENTIALS_INVALID"] as const;

/** Somebody was not let in. Past a bound, attempts of one kind are counted instead of kept one by one. */
export interface Denial extends Fact {
  readonly type: (typeof DENIAL_TYPES)[number];
  /** Who tried: the principal's id; `anonymous` without a login. */
  readonly principal: string;
  /** Wire name of the action; `(others)` for what is only counted together. */
  readonly action: string;
  /** Whom the attempt named as owner, and what it named, where its params say so. */
  readonly owner: string | null;
  readonly thing: string | null;
  readonly reason: string;
  readonly trace: string | null;
  /** 1 for an attempt; more for those that were only counted, between `since` and `at`. */
  readonly count: number;
  readonly since: Iso;
}

export interface DenialView extends Omit<Denial, "_id"> {
  readonly id: string;
}

export interface ListDenials {
  readonly principal?: string;
  readonly action?: string;
  readonly from?: Iso;
  readonly to?: Iso;
  readonly cursor?: string;
  readonly limit: number;
}

export interface ListedDenials {
  readonly items: DenialView[];
  /** Give this as `cursor` to read on; null at the end. */
  readonly next: string | null;
}

export interface DenialCalls {
  "denial.list": { params: ListDenials; result: ListedDenials };
}

const name = plainText(128);
const moment = Joi.string().isoDate();
const cursor = Joi.string().pattern(FACT_ID_PATTERN, "cursor");

const view = Joi.object<DenialView, true>({
  id: cursor.required(),
  at: moment.required(),
  type: Joi.string()
    .valid(...DENIAL_TYPES)
    .required(),
  principal: name.required(),
  action: name.required(),
  owner: name.allow(null).required(),
  thing: name.allow(null).required(),
  reason: plainText(500).required(),
  trace: name.allow(null).required(),
  count: Joi.number().integer().min(1).required(),
  since: moment.required(),
});

const contract: Contract<DenialCalls> = {
  aggregate: "denial",
  actions: {
    "denial.list": {
      kind: "query",
      summary: "Attempts that were denied, newest first",
      params: Joi.object<ListDenials, true>({
        principal: name,
        action: name,
        from: moment.max(30),
        to: moment.max(30),
        cursor,
        limit: Joi.number().integer().min(1).max(200).default(50),
      }),
      result: Joi.object<ListedDenials, true>({
        items: Joi.array().items(view).max(200).required(),
        next: cursor.allow(null).required().description("Give this as `cursor` to read on; null at the end"),
      }),
      permission: "denial.read",
      owner: "platform",
      http: { method: "GET", path: "/v1/denials" },
    },
  },
};

export const denialContract = anyContract(contract);
