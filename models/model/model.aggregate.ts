import { momentAfter, type Aggregate, type Due } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import { shortfall } from "./model.card.contract";
import {
  VERSIONS_MAX,
  type DeclineModel,
  type ModelCalls,
  type ModelVersion,
  type RegisterModel,
  type ScheduleModel,
  type SkipTraining,
  type Standing,
} from "./model.contract";
import type { WatchModel } from "./model.guard.contract";

export interface KnownModel {
  readonly status: "known";
  readonly versions: readonly ModelVersion[];
  /** Of the next one. */
  readonly number: number;
  /** Hashes of those that decided before, newest last. */
  readonly before: readonly string[];
  readonly everyHours: number;
  readonly trainedAt: Iso | null;
  /** When somebody last looked whether the one that decides may go on, or when it began to. */
  readonly watchedAt?: Iso;
  readonly training: { readonly since: Iso } | null;
  readonly skipped: { readonly at: Iso; readonly why: string } | null;
}

export type ModelState = { readonly status: "absent" } | KnownModel;

interface At {
  readonly at: Iso;
}
type Stood = At & { readonly hash: string; readonly standing: Standing; readonly why: string | null };

export type ModelEvent =
  | { readonly type: "model.registered"; readonly data: Omit<RegisterModel, "id"> & At }
  | { readonly type: "model.stood"; readonly data: Stood }
  | { readonly type: "model.promoted"; readonly data: At & { readonly hash: string } }
  | { readonly type: "model.rolledBack"; readonly data: At & { readonly to: string | null } }
  | { readonly type: "model.scheduled"; readonly data: At & { readonly everyHours: number } }
  | { readonly type: "model.begun"; readonly data: At }
  | { readonly type: "model.watched"; readonly data: At & { readonly alarm: string | null } }
  | { readonly type: "model.skipped"; readonly data: At & { readonly why: string } };

type Commands =
  "register" | "promote" | "shadow" | "retire" | "rollback" | "decline" | "schedule" | "begin" | "skip" | "watch";
export type ModelCommands = { [N in `model.${Commands}`]: ModelCalls[N]["params"] };

const NOTHING: KnownModel = {
  ...{ status: "known", versions: [], number: 1, before: [], everyHours: 0 },
  ...{ trainedAt: null, training: null, skipped: null },
};
const BEFORE_MAX = 10;
const HOUR_MS = 3_600_000;
/** By then a training is over, or whoever ran it is gone. */
const TRAINING_MS = 2 * HOUR_MS;
const WATCH_MS = 24 * HOUR_MS;

const knownOf = (state: ModelState): KnownModel => (state.status === "absent" ? NOTHING : state);

export const championOf = (state: ModelState): ModelVersion | null =>
  knownOf(state).versions.find(({ standing }) => standing === "champion") ?? null;

/** @throws NOT_FOUND */
function versionOf(state: ModelState, hash: string): ModelVersion {
  const found = knownOf(state).versions.find((one) => one.hash === hash);
  return found ?? refuse("NOT_FOUND", "There is no such version of this model.", { hash });
}

function stand(state: ModelState, { hash, why }: { hash: string; why: string | null }, to: [Standing, Iso]) {
  const [standing, at] = to;
  const version = versionOf(state, hash);
  if (version.standing === standing) return [];
  if (version.standing === "champion") {
    refuse("MODEL_STATUS", "This version decides: promote another one first, or roll back.", { hash });
  }
  return [{ type: "model.stood" as const, data: { hash, standing, why, at } }];
}

/** The newest stay; of the others those that decide, decided or watch. */
function kept(versions: readonly ModelVersion[], before: readonly string[]): readonly ModelVersion[] {
  if (versions.length <= VERSIONS_MAX) return versions;
  const needed = ({ hash, standing }: ModelVersion): boolean =>
    standing === "champion" || standing === "shadow" || hash === before.at(-1);
  const gone = versions.find((one) => !needed(one));
  return versions.filter((one) => one !== gone);
}

const withStanding = (versions: readonly ModelVersion[], hash: string, standing: Standing): readonly ModelVersion[] =>
  versions.map((one) => (one.hash === hash ? { ...one, standing } : one));

/** The one that stood so until now stands so no more. */
const vacated = (versions: readonly ModelVersion[], standing: Standing): readonly ModelVersion[] =>
  versions.map((one) => (one.standing === standing ? { ...one, standing: "retired" } : one));

function trainingDue({ training, everyHours, trainedAt }: KnownModel): Due[] {
  const command = "model.retrain";
  // whoever trained has died on the way
  if (training !== null) return [{ at: momentAfter(training.since, TRAINING_MS + 1), command, params: {} }];
  if (everyHours === 0 || trainedAt === null) return [];
  return [{ at: momentAfter(trainedAt, everyHours * HOUR_MS), command, params: {} }];
}

function watchDue(state: KnownModel): Due[] {
  const { watchedAt } = state;
  if (watchedAt === undefined || championOf(state) === null) return [];
  return [{ at: momentAfter(watchedAt, WATCH_MS), command: "model.guard", params: {} }];
}

export const model: Aggregate<ModelState, ModelCommands, ModelEvent> = {
  name: "model",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "model.register": (state, { hash, card }, at) => {
      const known = knownOf(state).versions.find((one) => one.hash === hash);
      if (known === undefined) return [{ type: "model.registered", data: { hash, card, at } }];
      // a training that came to what is known already is over all the same
      if (knownOf(state).training === null) return [];
      return [{ type: "model.skipped", data: { why: `It learnt what version ${known.number} is already.`, at } }];
    },
    "model.promote": (state, { hash }, at) => {
      const { card, standing } = versionOf(state, hash);
      if (standing === "champion") return [];
      const why = shortfall(card, championOf(state)?.hash ?? null);
      if (why !== null) refuse("MODEL_WORSE", why, { hash });
      return [{ type: "model.promoted", data: { hash, at } }];
    },
    "model.shadow": (state, { hash }, at) => stand(state, { hash, why: null }, ["shadow", at]),
    "model.retire": (state, { hash }, at) => stand(state, { hash, why: null }, ["retired", at]),
    "model.decline": (state, { hash, why }: DeclineModel, at) => stand(state, { hash, why }, ["declined", at]),
    "model.rollback": (state, _params, at) => {
      if (championOf(state) === null) refuse("MODEL_STATUS", "What the mall ships with decides already.");
      return [{ type: "model.rolledBack", data: { to: knownOf(state).before.at(-1) ?? null, at } }];
    },
    "model.schedule": (state, { everyHours }: ScheduleModel, at) =>
      knownOf(state).everyHours === everyHours ? [] : [{ type: "model.scheduled", data: { everyHours, at } }],
    "model.begin": (state, _params, at) => {
      const { training } = knownOf(state);
      if (training !== null && at < momentAfter(training.since, TRAINING_MS)) return [];
      return [{ type: "model.begun", data: { at } }];
    },
    "model.watch": (state, { alarm }: WatchModel, at) => {
      if (championOf(state) === null) return [];
      const to = knownOf(state).before.at(-1) ?? null;
      const watched: ModelEvent = { type: "model.watched", data: { alarm, at } };
      return alarm === null ? [watched] : [watched, { type: "model.rolledBack", data: { to, at } }];
    },
    "model.skip": (_state, { why }: SkipTraining, at) => [{ type: "model.skipped", data: { why, at } }],
  },
  evolve: {
    "model.registered": (state, { hash, card, at }) => {
      const known = knownOf(state);
      const version: ModelVersion = { number: known.number, hash, standing: "candidate", card, at, why: null };
      const versions = kept([...known.versions, version], known.before);
      // who rolls back goes to what is still there
      const before = known.before.filter((one) => versions.some(({ hash: there }) => there === one));
      return { ...known, versions, before, number: known.number + 1, trainedAt: at, training: null, skipped: null };
    },
    "model.stood": (state, { hash, standing, why }) => {
      const known = knownOf(state);
      const others = standing === "shadow" ? vacated(known.versions, "shadow") : known.versions;
      const versions = others.map((one) => (one.hash === hash ? { ...one, standing, why } : one));
      return { ...known, versions };
    },
    "model.watched": (state, { at, alarm }) => {
      const known = knownOf(state);
      const hash = alarm === null ? null : championOf(state)?.hash;
      const versions = known.versions.map((one) => (one.hash === hash ? { ...one, why: alarm } : one));
      return { ...known, versions, watchedAt: at };
    },
    "model.promoted": (state, { hash, at: watchedAt }) => {
      const known = { ...knownOf(state), watchedAt };
      const was = championOf(state);
      const before = was === null ? known.before : [...known.before, was.hash].slice(-BEFORE_MAX);
      return { ...known, before, versions: withStanding(vacated(known.versions, "champion"), hash, "champion") };
    },
    "model.rolledBack": (state, { to }) => {
      const known = knownOf(state);
      const versions = vacated(known.versions, "champion");
      const before = known.before.slice(0, -1);
      return { ...known, before, versions: to === null ? versions : withStanding(versions, to, "champion") };
    },
    "model.scheduled": (state, { everyHours, at }) => {
      const known = knownOf(state);
      return { ...known, everyHours, trainedAt: known.trainedAt ?? at };
    },
    "model.begun": (state, { at }) => ({ ...knownOf(state), training: { since: at } }),
    "model.skipped": (state, { why, at }) => ({
      ...knownOf(state),
      ...{ training: null, skipped: { at, why }, trainedAt: at },
    }),
  },
  due: (state) => (state.status === "absent" ? [] : [...trainingDue(state), ...watchDue(state)]),
};
