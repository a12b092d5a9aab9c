/** Keeps what accounts prove themselves by. A hash is compared here, and never leaves. */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { isRefusal } from "../../models/kernel/refusal";
import { credential, type CredentialState } from "../../models/credential/credential.aggregate";
import {
  credentialContract,
  type Checked,
  type ChoosePassword,
  type CredentialGlance,
  type CredentialId,
} from "../../models/credential/credential.contract";
import { asMall, typed } from "../kernel/call";
import { historyReader, type HistoryReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, procedureService, type CallSite } from "../kernel/service";

const contract = anyContract(credentialContract);

const newest = async (reader: HistoryReader, id: string): Promise<CredentialState> =>
  ((await reader.newest(id))?.state ?? { status: "absent" }) as CredentialState;

function glance(state: CredentialState): CredentialGlance {
  if (state.status === "absent") return { epoch: 0, hasPassword: false, secondFactor: "off" };
  const { epoch, passwordHash, secondFactor } = state;
  return { epoch, hasPassword: passwordHash !== null, secondFactor };
}

export const credentialService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "credential");
  return aggregateService(node, {
    contract,
    aggregate: erased(credential),
    confidential: true,
    queries: { "credential.peek": async ({ id }: CredentialId) => glance(await newest(reader, id)) },
  });
};

async function choose(node: Node, { id, password }: ChoosePassword, { caller, meta }: CallSite): Promise<null> {
  const passwordHash = await node.identity.passwords.hash(password);
  try {
    await typed<Calls>(caller, asMall(meta, "set"))("credential.set", { id, passwordHash });
  } catch (error) {
    // the same request again: its password is kept already, under another salt
    if (!isRefusal(error, "IDEMPOTENCY_KEY_REUSED")) throw error;
  }
  return null;
}

export const credentialChecks = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "credential");
  const { passwords } = node.identity;
  async function check({ id, password }: ChoosePassword, { caller, meta }: CallSite): Promise<Checked> {
    const state = await newest(reader, id);
    const stored = state.status === "absent" ? null : state.passwordHash;
    const right = await passwords.verify(stored, password);
    if (right && stored !== null && passwords.outdated(stored)) {
      const passwordHash = await passwords.hash(password);
      await typed<Calls>(caller, asMall(meta, "rehash"))("credential.set", { id, passwordHash, keepSessions: true });
    }
    return { ...glance(state), right };
  }
  return procedureService({
    name: "credential-checks",
    contract,
    roles: node.roles,
    procedures: {
      "credential.choose": (params: ChoosePassword, site) => choose(node, params, site),
      "credential.check": check,
    },
  });
};
