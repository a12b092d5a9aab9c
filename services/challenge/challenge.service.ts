import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { challenge, type ChallengeState } from "../../models/challenge/challenge.aggregate";
import {
  challengeContract,
  type ChallengeGlance,
  type ChallengeId,
  type IssueChallenge,
} from "../../models/challenge/challenge.contract";
import { historyReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

const NOTHING: ChallengeGlance = { purpose: null, accountId: null, status: "none", expiresAt: null };

export const challengeService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "challenge");
  return aggregateService(node, {
    contract: anyContract(challengeContract),
    aggregate: erased(challenge),
    prepare: {
      "challenge.issue": (params: IssueChallenge) => {
        const expiresAt = new Date(Date.parse(node.clock.now()) + params.minutes * 60_000).toISOString();
        return Promise.resolve({ ...params, expiresAt });
      },
    },
    queries: {
      "challenge.peek": async ({ id }: ChallengeId): Promise<ChallengeGlance> => {
        const row = await reader.newest(id);
        const state = (row?.state ?? { status: "absent" }) as ChallengeState;
        if (state.status === "absent") return NOTHING;
        const { purpose, accountId, status, expiresAt } = state;
        return { purpose, accountId, status, expiresAt };
      },
    },
  });
};
