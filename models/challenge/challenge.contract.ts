import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema } from "../kernel/text";

/** What a code is good for, once. */
export type Purpose = "verify" | "reset" | "second-factor" | "oidc";

export interface IssueChallenge {
  readonly id: string;
  readonly purpose: Purpose;
  /** Null where nobody is meant: asking for an address that is not known leaves the same trace as for one that is. */
  readonly accountId: string | null;
  readonly minutes: number;
}

export interface ChallengeId {
  readonly id: string;
}

export interface RedeemChallenge extends ChallengeId {
  readonly purpose: Purpose;
}

export interface ChallengeGlance {
  readonly purpose: Purpose | null;
  readonly accountId: string | null;
  readonly status: "none" | "open" | "redeemed";
  readonly expiresAt: string | null;
}

export interface ChallengeCalls {
  "challenge.issue": { params: IssueChallenge; result: Receipt };
  "challenge.redeem": { params: RedeemChallenge; result: Receipt };
  "challenge.peek": { params: ChallengeId; result: ChallengeGlance };
}

const id = idSchema.required();
const purpose = Joi.string<Purpose>().valid("verify", "reset", "second-factor", "oidc").required();
const internal = { permission: "challenge.keep", owner: "platform" } as const;

export const challengeContract: Contract<ChallengeCalls> = {
  aggregate: "challenge",
  actions: {
    "challenge.issue": {
      kind: "command",
      key: "id",
      summary: "Give out a code that is good once",
      params: Joi.object<IssueChallenge, true>({
        id,
        purpose,
        accountId: idSchema.allow(null).required(),
        minutes: Joi.number().integer().min(1).max(10_080).required(),
      }),
      ...internal,
    },
    "challenge.redeem": {
      kind: "command",
      key: "id",
      summary: "Use a code up",
      params: Joi.object<RedeemChallenge, true>({ id, purpose }),
      ...internal,
    },
    "challenge.peek": {
      kind: "query",
      key: "id",
      summary: "What a code is for",
      params: Joi.object<ChallengeId, true>({ id }),
      ...internal,
    },
  },
};
