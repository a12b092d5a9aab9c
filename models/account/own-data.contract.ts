/** All that the mall keeps about whoever asks, as one file: asked for once a day at most, and kept for a week. */
import Joi from "../kernel/schema";
import type { ActionContract } from "../kernel/contract";
import { idSchema, plainText } from "../kernel/text";

/** `none`: nothing was asked for within the week. */
export const OWN_DATA_STATUSES = ["none", "requested", "running", "finished", "failed", "cancelled"] as const;

export interface OwnData {
  /** The job that writes it. */
  readonly id: string | null;
  readonly status: (typeof OWN_DATA_STATUSES)[number];
  readonly requestedAt: string | null;
  /** 0 to 1. */
  readonly fraction: number;
  /** Where it can be fetched, with the same token; null while it cannot. */
  readonly file: string | null;
  /** Until when. */
  readonly until: string | null;
  /** Why it failed, for a person. */
  readonly reason: string | null;
}

export interface OwnDataCalls {
  "me.takeData": { params: object; result: OwnData };
  "me.data": { params: object; result: OwnData };
}

export const OWN_DATA_PATH = "/v1/me/data";
export const OWN_DATA_FILE = `${OWN_DATA_PATH}/file`;
export const TAKEOUT_KEPT_DAYS = 7;
export const TAKEOUT_KEPT_MS = TAKEOUT_KEPT_DAYS * 86_400_000;

const moment = Joi.string().isoDate().allow(null).required();
const result = Joi.object<OwnData, true>({
  id: idSchema.allow(null).required(),
  status: Joi.string()
    .valid(...OWN_DATA_STATUSES)
    .required(),
  requestedAt: moment,
  fraction: Joi.number().min(0).max(1).required(),
  file: plainText(100).allow(null).required(),
  until: moment,
  reason: plainText(2_000).allow(null).required(),
});
const own = { permission: "account.self", owner: "caller", params: Joi.object<object, true>({}), result } as const;

export const ownData: {
  readonly [N in keyof OwnDataCalls]: ActionContract<OwnDataCalls[N]["params"], OwnDataCalls[N]["result"]>;
} = {
  "me.takeData": {
    ...own,
    kind: "procedure",
    summary: "Ask for all that the mall keeps about one, as one file; once a day",
    http: { method: "POST", path: OWN_DATA_PATH },
  },
  "me.data": {
    ...own,
    kind: "query",
    summary: "How far the file is with all that the mall keeps about one, and where it is fetched",
    http: { method: "GET", path: OWN_DATA_PATH },
  },
};
