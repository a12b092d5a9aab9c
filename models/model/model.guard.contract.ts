/** Looking after a model that decides: what was found, what is recorded of it. */
import Joi from "../kernel/schema";
import type { Actions, Receipt } from "../kernel/contract";
import { plainText } from "../kernel/text";
import { modelDriftSchema, type ModelDrift } from "./model.drift.contract";
import { modelIdSchema, type ModelId } from "./model.id.contract";

export interface WatchModel extends ModelId {
  /** Why the version that decides should not go on; null: it may. */
  readonly alarm: string | null;
}

export interface ModelGuardCalls {
  "model.watch": { params: WatchModel; result: Receipt };
  "model.drift": { params: ModelId; result: ModelDrift };
  "model.guard": { params: ModelId; result: ModelDrift };
}

const id = modelIdSchema;
const byId = Joi.object<ModelId, true>({ id });
const on = { key: "id", owner: "platform" } as const;
const path = "/v1/models/{id}";

export const modelGuardActions: Actions<ModelGuardCalls> = {
  "model.watch": {
    ...on,
    kind: "command",
    permission: "model.write",
    summary: "Record that the version that decides was looked at; on an alarm the one before decides again",
    params: Joi.object<WatchModel, true>({ id, alarm: plainText(500).allow(null).required() }),
  },
  "model.drift": {
    ...on,
    kind: "query",
    permission: "model.read",
    summary: "How far what a model decides on has moved since it learnt, and whether what it says comes true",
    params: byId,
    result: modelDriftSchema,
    http: { method: "GET", path: `${path}/drift` },
  },
  "model.guard": {
    ...on,
    kind: "procedure",
    permission: "model.write",
    summary: "Look at the version that decides now, and roll it back if it should not go on",
    params: byId,
    result: modelDriftSchema,
    http: { method: "POST", path: `${path}/guard` },
  },
};
