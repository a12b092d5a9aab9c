import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import type { IssueChallenge, RedeemChallenge } from "./challenge.contract";

/** Until when is added by the service, which has a clock. */
type Issued = IssueChallenge & { readonly expiresAt: string };

export type ChallengeState = { readonly status: "absent" } | (Issued & { readonly status: "open" | "redeemed" });

export type ChallengeEvent =
  | { readonly type: "challenge.issued"; readonly data: Issued }
  | { readonly type: "challenge.redeemed"; readonly data: object };

export interface ChallengeCommands {
  readonly "challenge.issue": Issued;
  readonly "challenge.redeem": RedeemChallenge;
}

/** One refusal for all: whoever tries codes learns nothing of the one that was tried. */
const invalid = (): never => refuse("CODE_INVALID", "This code is not good, was used already, or has expired.");

export const challenge: Aggregate<ChallengeState, ChallengeCommands, ChallengeEvent> = {
  name: "challenge",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "challenge.issue": (state, params) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This code was given out already.");
      return [{ type: "challenge.issued", data: params }];
    },
    "challenge.redeem": (state, { purpose }, now) => {
      if (state.status !== "open" || state.purpose !== purpose || now >= state.expiresAt) invalid();
      return [{ type: "challenge.redeemed", data: {} }];
    },
  },
  evolve: {
    "challenge.issued": (_state, data) => ({ status: "open", ...data }),
    "challenge.redeemed": (state) => ({ ...(state as Issued), status: "redeemed" }),
  },
};
