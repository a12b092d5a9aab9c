/**
 * The second factor: six digits from an authenticator (RFC 6238), or one of the recovery codes. A code is good for its
 * time step and the one on either side, and once; the seed and the MACs of the recovery codes never leave this service
 * but once, when they are made.
 */
import { randomBytes } from "node:crypto";
import type { ServiceSchema } from "moleculer";
import { Secret, TOTP } from "otpauth";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { base32 } from "../../models/kernel/ids";
import type { CredentialState, KeptCredential } from "../../models/credential/credential.aggregate";
import {
  credentialContract,
  RECOVERY_CODES,
  type CredentialId,
  type Prepared,
  type PrepareSecondFactor,
  type ProveSecondFactor,
} from "../../models/credential/credential.contract";
import { refuse } from "../../models/refusals";
import { asMall, typed, type TypedCall } from "../kernel/call";
import { historyReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";

const PERIOD_SECONDS = 30;
const RECOVERY_BYTES = 10;
const RECOVERY_USE = "recovery code";
const STEPS_BESIDE = 1;

const invalid = (): never => refuse("CODE_INVALID", "This code is not good, or was used already.");
const totpOf = (secret: string, label = ""): TOTP =>
  new TOTP({ issuer: "Stoa", label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS, digits: 6 });

/** As it is typed, whatever stands between the characters. */
const plain = (code: string): string => code.toLowerCase().replace(/[^0-9a-z]/g, "");
const grouped = (code: string): string => code.replace(/(.{4})(?=.)/g, "$1-");

/** The time step that six digits belong to, or null. */
export function stepOf(secret: string, code: string, nowMs: number): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: nowMs, window: STEPS_BESIDE });
  return delta === null ? null : Math.floor(nowMs / 1_000 / PERIOD_SECONDS) + delta;
}

interface Deps {
  readonly node: Node;
  readonly read: (id: string) => Promise<KeptCredential>;
}

const steps =
  ({ caller, meta }: CallSite, id: string) =>
  (step: string): TypedCall<Calls> =>
    typed<Calls>(caller, asMall(meta, step, id));

async function prepare({ node }: Deps, { id, label }: PrepareSecondFactor, site: CallSite): Promise<Prepared> {
  const secret = new Secret({ size: 20 }).base32;
  const codes = Array.from({ length: RECOVERY_CODES }, () => base32(randomBytes(RECOVERY_BYTES)));
  const recoveryHashes = codes.map((code) => node.identity.pepper.mac(RECOVERY_USE, id, code));
  await steps(site, id)("enrol")("credential.enrol", { id, totpSecret: secret, recoveryHashes });
  return { secret, uri: totpOf(secret, label).toString(), recoveryCodes: codes.map(grouped) };
}

async function prove({ node, read }: Deps, { id, code }: ProveSecondFactor, site: CallSite): Promise<null> {
  const { totpSecret, secondFactor } = await read(id);
  if (totpSecret === null || secondFactor === "off") {
    return refuse("SECOND_FACTOR_OFF", "No second factor is prepared; prepare one first.");
  }
  const call = steps(site, id);
  const text = plain(code);
  if (!/^\d{6}$/.test(text)) {
    const recoveryHash = node.identity.pepper.mac(RECOVERY_USE, id, text);
    await call("recover")("credential.recover", { id, recoveryHash });
    return null;
  }
  const step = stepOf(totpSecret, text, Date.parse(node.clock.now()));
  if (step === null) return invalid();
  const action = secondFactor === "pending" ? "credential.confirm" : "credential.step";
  await call("step")(action, { id, step });
  return null;
}

export const secondFactorService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "credential");
  const read = async (id: CredentialId["id"]): Promise<KeptCredential> => {
    const state = (await reader.newest(id))?.state as CredentialState | undefined;
    return state?.status === "kept" ? state : invalid();
  };
  const deps = { node, read };
  return procedureService({
    name: "second-factor",
    contract: anyContract(credentialContract),
    roles: node.roles,
    procedures: {
      "credential.prepare": (params: PrepareSecondFactor, site) => prepare(deps, params, site),
      "credential.prove": (params: ProveSecondFactor, site) => prove(deps, params, site),
    },
  });
};
