/** The actions that every saga has by being one: the mall sends them to itself, nobody else may. */
import type { ObjectSchema, SchemaMap } from "joi";
import Joi from "./schema";
import type { ActionContract, Receipt } from "./contract";
import type { AdvanceSaga, FailSaga, SagaStatus, StepRef } from "./saga";
import { idSchema, plainText } from "./text";

interface OfSaga {
  readonly id: string;
}

/** Where a saga stands, as whoever resumed it is told. */
export interface SagaStanding extends OfSaga {
  readonly status: SagaStatus;
}

/** What `sagaActions` adds to the calls of a contract. */
export type SagaCalls<N extends string, D extends object> = {
  [A in `${N}.begin`]: { params: OfSaga & D; result: Receipt };
} & {
  [A in `${N}.advance` | `${N}.wait`]: { params: OfSaga & AdvanceSaga<D>; result: Receipt };
} & {
  [A in `${N}.fail`]: { params: OfSaga & FailSaga<D>; result: Receipt };
} & {
  [A in `${N}.undone`]: { params: OfSaga & StepRef; result: Receipt };
} & {
  [A in `${N}.resume`]: { params: OfSaga; result: SagaStanding };
};

type Params = Readonly<Record<string, unknown>>;

const TYPE_MAX = 64;
export const DETAIL_MAX = 2_000;
const ROUNDS_MAX = 1_000;

const id = idSchema.required();
const ref = {
  step: plainText(64).required(),
  round: Joi.number().integer().min(1).max(ROUNDS_MAX).required(),
};

export const failureSchema = Joi.object({
  type: plainText(TYPE_MAX).required(),
  detail: plainText(DETAIL_MAX).allow("").required(),
  data: Joi.object().unknown(),
});

export interface SagaDeclared {
  readonly name: string;
  /** In words: `a checkout`. */
  readonly noun: string;
  /** What the saga begins with. */
  readonly begin: SchemaMap;
  /** What its steps may learn. */
  readonly patch: SchemaMap;
}

/** Spread into a contract's actions; their types are those of `SagaCalls`. */
export function sagaActions({ name, noun, begin, patch }: SagaDeclared): Record<string, ActionContract> {
  const onOne = { kind: "command", key: "id", permission: `${name}.drive`, owner: "platform" } as const;
  const schema = (keys: SchemaMap): ObjectSchema<Params> => Joi.object<Params>({ id, ...keys });
  const learnt = { ...ref, patch: Joi.object(patch).required() };
  return {
    [`${name}.begin`]: { ...onOne, first: true, summary: `Begin ${noun}`, params: schema(begin) },
    [`${name}.advance`]: {
      ...onOne,
      summary: `Record that a step of ${noun} is done`,
      params: schema({ ...learnt, through: plainText(64) }),
    },
    [`${name}.wait`]: { ...onOne, summary: `Record that a step of ${noun} waits for somebody`, params: schema(learnt) },
    [`${name}.fail`]: {
      ...onOne,
      summary: `Record that a step of ${noun} failed: what was done is taken back`,
      params: schema({ ...ref, failure: failureSchema.required(), back: plainText(64), patch: Joi.object(patch) }),
    },
    [`${name}.undone`]: {
      ...onOne,
      summary: `Record that a step of ${noun} is taken back`,
      params: schema(ref),
    },
    [`${name}.resume`]: {
      ...onOne,
      kind: "procedure",
      summary: `Go on with ${noun} that waits, or that nobody drives any more`,
      params: schema({}),
      result: Joi.object<SagaStanding, true>({
        id,
        status: Joi.string().valid("running", "waiting", "undoing", "done", "failed").required(),
      }),
    },
  };
}
