/**
 * Something that the mall could not bring to an end by itself, and a person of the mall has to: what happened, what to
 * do, and in the end what was done. Opened by the timer of the checkout or the payment that it is about, and under its
 * id; each cause once. Closed by a person, with a note.
 */
import Joi from "../kernel/schema";
import { anyContract, type Contract, type Receipt } from "../kernel/contract";
import { idSchema, plainText, versionSchema } from "../kernel/text";

/** `checkout`: bought, and not all is recorded. `refund`, `capture`: the provider took it in, and said no later. */
export const ERRAND_KINDS = ["checkout", "refund", "capture"] as const;
export type ErrandKind = (typeof ERRAND_KINDS)[number];

export const ERRAND_STATUSES = ["open", "closed"] as const;
export type ErrandStatus = (typeof ERRAND_STATUSES)[number];

export interface OpenErrand {
  /** The checkout's, the payment's. */
  readonly id: string;
  readonly kind: ErrandKind;
  /** Tells one thing that went wrong with it from another. */
  readonly cause: string;
  /** Null where the person is not known to the mall. */
  readonly customerId: string | null;
  /** The refusal's type, or the provider's code. */
  readonly type: string;
  readonly detail: string;
  readonly amountMinor: number;
  readonly currency: string;
}

export interface ErrandId {
  readonly id: string;
}

export interface CloseErrand extends ErrandId {
  /** What was done. */
  readonly note: string;
}

export interface ErrandView extends OpenErrand {
  readonly version: number;
  readonly status: ErrandStatus;
  readonly todo: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly note: string | null;
}

export interface ListErrands {
  readonly status?: ErrandStatus;
  readonly kind?: ErrandKind;
  readonly customerId?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface ListedErrands {
  /** The longest open first. */
  readonly items: readonly ErrandView[];
  readonly total: number;
  readonly cursor: string | null;
}

export interface ErrandCalls {
  "errand.open": { params: OpenErrand; result: Receipt };
  "errand.close": { params: CloseErrand; result: Receipt };
  "errand.get": { params: ErrandId; result: ErrandView };
  "errand.list": { params: ListErrands; result: ListedErrands };
}

/** What to do, in words for a person; what was done stands in the note. */
export const WHAT_TO_DO: Readonly<Record<ErrandKind, string>> = {
  checkout:
    "The customer has paid and the orders are placed. Compare each order with the payment, record by hand what is " +
    "missing, and say what it was.",
  refund:
    "The customer was told of a refund that the provider then refused. Give the amount back another way, a bank " +
    "transfer for instance, and say by which.",
  capture:
    "The provider has not taken what the orders count as paid. Ask the customer for the amount, or give the order " +
    "up, and correct the seller's book.",
};

interface Kept extends Omit<ErrandView, "id" | "version" | "todo"> {
  readonly causes: readonly string[];
}

export const viewOf = (id: string, version: number, { causes: _causes, ...kept }: Kept): ErrandView => ({
  ...kept,
  ...{ id, version, todo: WHAT_TO_DO[kept.kind] },
});

const id = idSchema.required();
const kind = Joi.string<ErrandKind>().valid(...ERRAND_KINDS);
const status = Joi.string<ErrandStatus>().valid(...ERRAND_STATUSES);
const moment = Joi.string().isoDate();
const NOTE_MAX = 500;
const LIST_MAX = 100;
const opened = {
  id,
  kind: kind.required(),
  cause: id,
  customerId: idSchema.allow(null).required(),
  type: plainText(64).required(),
  detail: plainText(2_000).allow("").required(),
  amountMinor: Joi.number().integer().min(0).required(),
  currency: plainText(3).allow("").required(),
};
const view = Joi.object<ErrandView, true>({
  ...opened,
  version: versionSchema.required(),
  status: status.required(),
  todo: Joi.string().required(),
  openedAt: moment.required(),
  closedAt: moment.allow(null).required(),
  note: plainText(NOTE_MAX).allow(null).required(),
});
const onOne = { kind: "command", key: "id", owner: "platform" } as const;
const read = { kind: "query", permission: "errand.work", owner: "platform" } as const;
const path = "/v1/errands";

const contract: Contract<ErrandCalls> = {
  aggregate: "errand",
  actions: {
    "errand.open": {
      ...onOne,
      first: true,
      permission: "errand.tell",
      summary: "Leave something to a person of the mall; sent by the timer of what it is about",
      params: Joi.object<OpenErrand, true>(opened),
    },
    "errand.close": {
      ...onOne,
      permission: "errand.work",
      summary: "Say that what was left to a person is done, and how",
      params: Joi.object<CloseErrand, true>({ id, note: plainText(NOTE_MAX).min(1).required() }),
      http: { method: "POST", path: `${path}/{id}/close` },
    },
    "errand.get": {
      ...read,
      key: "id",
      summary: "Something that was left to a person of the mall: what happened, and what to do",
      params: Joi.object<ErrandId, true>({ id }),
      result: view,
      http: { method: "GET", path: `${path}/{id}` },
    },
    "errand.list": {
      ...read,
      summary: "What is left to people of the mall, the longest open first",
      params: Joi.object<ListErrands, true>({
        status,
        kind,
        customerId: idSchema,
        limit: Joi.number().integer().min(1).max(LIST_MAX).default(50),
        cursor: plainText(2_000).min(1),
      }),
      // not strict: Joi has no word for read-only lists
      result: Joi.object<ListedErrands>({
        items: Joi.array().items(view).max(LIST_MAX).required(),
        total: Joi.number().integer().min(0).required(),
        cursor: Joi.string().allow(null).required(),
      }),
      http: { method: "GET", path },
    },
  },
};

export const errandContract = anyContract(contract);
