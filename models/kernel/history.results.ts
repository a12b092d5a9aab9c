/** What looking back answers: the shapes, and the schemas that OpenAPI shows and a test holds answers against. */
import Joi from "./schema";
import type { Head } from "./audit";
import type { Checkpoint } from "./checkpoint";
import type { FieldChange, PatchOperation } from "./difference";
import type { Inclusion } from "./inclusion";
import type { DomainEvent, Iso } from "./row";
import { idSchema } from "./text";

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
  /** The thing as it was; only where a version or a moment was asked for. */
  readonly state?: unknown;
}

export interface StateAsOf extends HistoryEntry {
  readonly state: unknown;
}

/** One of several things at one moment. */
export interface StandingThen {
  readonly aggregate: string;
  readonly id: string;
  /** Null for what was not there yet. */
  readonly version: number | null;
  readonly committedAt: Iso | null;
  readonly state: unknown;
}

export interface AllAsOf {
  readonly at: Iso;
  readonly items: readonly StandingThen[];
}

/** A field that differs, and the last change of it. */
export interface FieldStory extends FieldChange {
  readonly version: number;
  readonly command: string;
  readonly by: string;
  readonly occurredAt: Iso;
  readonly committedAt: Iso;
}

export interface HistoryDiff {
  readonly from: number;
  readonly to: number;
  /** RFC 6902: makes the state at `to` of the state at `from`. */
  readonly patch: readonly PatchOperation[];
  readonly changes: readonly FieldStory[];
}

/** A checkpoint vouches for a history: see `inclusion.ts` for how it is checked. */
export interface SignedInclusion extends Inclusion {
  readonly checkpoint: Checkpoint;
  /** PEM; keep it elsewhere, for it is what the proof rests on. */
  readonly publicKey: string;
}

export interface HistoryProof {
  /** Nothing was found, neither in the chain nor against the newest checkpoint. */
  readonly ok: boolean;
  /** How many rows were held against the one before them. */
  readonly rows: number;
  readonly head: Pick<Head, "version" | "hash"> | null;
  readonly findings: readonly { readonly kind: string; readonly text: string }[];
  /** Null while no checkpoint has seen this history. */
  readonly inclusion: SignedInclusion | null;
  /** Give this as `after` to read on; null at the end. */
  readonly next: number | null;
}

const version = Joi.number().integer().min(1).max(999_999_999);
const count = Joi.number().integer().min(0).required();
const moment = Joi.string().isoDate().required();
const text = Joi.string().required();
const hash = Joi.string()
  .pattern(/^[0-9a-f]{64}$/)
  .required();
const next = version.allow(null).required().description("Give this as `after` to read on; null at the end");
const aggregate = Joi.string()
  .pattern(/^[a-z]{1,32}$/)
  .required();
const id = idSchema.required();
const anything = Joi.any().required();

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
  hash,
};

export const PAGE_MAX = 200;

export const pageSchema = Joi.object<HistoryPage>({
  items: Joi.array().items(Joi.object<HistoryEntry>(entry)).max(PAGE_MAX).required(),
  next,
  state: Joi.any().description("The thing as it was; only where a version or a moment was asked for"),
});

export const asOfSchema = Joi.object<StateAsOf>({ ...entry, state: anything });

export const allAsOfSchema = Joi.object<AllAsOf>({
  at: moment,
  items: Joi.array()
    .items(
      Joi.object<StandingThen>({
        aggregate,
        id,
        version: version.allow(null).required().description("Null for what was not there yet"),
        committedAt: moment.allow(null),
        state: anything,
      }),
    )
    .required(),
});

export const diffSchema = Joi.object<HistoryDiff>({
  from: version.min(0).required(),
  to: version.min(0).required(),
  patch: Joi.array()
    .items(Joi.object({ op: text, path: Joi.string().allow("").required(), from: Joi.string(), value: Joi.any() }))
    .required()
    .description("RFC 6902: makes the state at `to` of the state at `from`"),
  changes: Joi.array()
    .items(
      Joi.object<FieldStory>({
        field: Joi.string().allow("").required(),
        was: Joi.any().description("Left out for a field that was not there"),
        is: Joi.any().description("Left out for a field that is there no more"),
        version: version.required().description("The last change of the field up to there"),
        command: text,
        by: text,
        occurredAt: moment,
        committedAt: moment,
      }),
    )
    .required(),
});

const checkpoint = Joi.object<Checkpoint>({
  format: Joi.number().valid(1).required(),
  seq: version.required(),
  takenAt: moment,
  heads: count,
  root: hash,
  previous: Joi.string().allow("").required(),
  leaves: text,
  keyId: text,
  hash,
  signature: text,
});

const inclusion = Joi.object<SignedInclusion>({
  leaf: Joi.object<Head>({ aggregate, id, version: version.required(), hash }).required(),
  index: count,
  count,
  path: Joi.array().items(hash).max(64).required().description("Hashes beside the way from the leaf to the root"),
  checkpoint: checkpoint.required(),
  publicKey: text,
});

export const proofSchema = Joi.object<HistoryProof>({
  ok: Joi.boolean().required(),
  rows: count,
  head: Joi.object({ version: version.required(), hash }).allow(null).required(),
  findings: Joi.array()
    .items(Joi.object({ kind: text, text }))
    .required(),
  inclusion: inclusion.allow(null).required().description("Null while no checkpoint has seen this history"),
  next,
});
