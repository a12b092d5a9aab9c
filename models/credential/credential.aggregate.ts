import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import type { CredentialCalls, EnrolSecondFactor } from "./credential.contract";

export interface KeptCredential {
  readonly status: "kept";
  readonly id: string;
  /** Sessions of an earlier epoch are over. */
  readonly epoch: number;
  readonly passwordHash: string | null;
  readonly secondFactor: "off" | "pending" | "on";
  readonly totpSecret: string | null;
  readonly recoveryHashes: readonly string[] | null;
  /** The last time step that was used: a code is good once. */
  readonly usedStep: number;
}

export type CredentialState = { readonly status: "absent" } | KeptCredential;

type Enrolment = Omit<EnrolSecondFactor, "id">;

export type CredentialEvent =
  | { readonly type: "credential.opened"; readonly data: { readonly id: string } }
  | { readonly type: "credential.set"; readonly data: { readonly id: string; readonly passwordHash: string } }
  | { readonly type: "credential.rehashed"; readonly data: { readonly passwordHash: string } }
  | { readonly type: "credential.renewed"; readonly data: object }
  | { readonly type: "credential.enrolled"; readonly data: Enrolment }
  | { readonly type: "credential.confirmed"; readonly data: { readonly step: number } }
  | { readonly type: "credential.stepped"; readonly data: { readonly step: number } }
  | { readonly type: "credential.recovered"; readonly data: { readonly recoveryHashes: readonly string[] } }
  | { readonly type: "credential.disenrolled"; readonly data: object };

type Procedures = "credential.choose" | "credential.check" | "credential.prepare" | "credential.prove";

export type CredentialCommands = {
  [N in Exclude<keyof CredentialCalls, "credential.peek" | Procedures>]: CredentialCalls[N]["params"];
};

function kept(state: CredentialState): KeptCredential {
  if (state.status === "absent") return refuse("NOT_FOUND", "This account has nothing to log in by.");
  return state;
}

const was = (state: CredentialState): KeptCredential => state as KeptCredential;

const fresh = (id: string): KeptCredential => ({
  status: "kept",
  id,
  epoch: 1,
  passwordHash: null,
  secondFactor: "off",
  totpSecret: null,
  recoveryHashes: null,
  usedStep: -1,
});

const invalid = (): never => refuse("CODE_INVALID", "This code is not good, or was used already.");
const without = { secondFactor: "off", totpSecret: null, recoveryHashes: null } as const;

/** Every later step is good, every one up to it is used up. */
function unused(state: CredentialState, step: number, wanted: KeptCredential["secondFactor"]): void {
  const { usedStep, secondFactor } = kept(state);
  if (secondFactor !== wanted || step <= usedStep) invalid();
}

export const credential: Aggregate<CredentialState, CredentialCommands, CredentialEvent> = {
  name: "credential",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "credential.open": (state, { id }) =>
      state.status === "absent" ? [{ type: "credential.opened", data: { id } }] : [],
    "credential.set": (state, { id, passwordHash, keepSessions = false }) => {
      if (!keepSessions) return [{ type: "credential.set", data: { id, passwordHash } }];
      kept(state);
      return [{ type: "credential.rehashed", data: { passwordHash } }];
    },
    "credential.renew": (state) => {
      kept(state);
      return [{ type: "credential.renewed", data: {} }];
    },
    "credential.enrol": (state, { id: _id, ...enrolment }) => {
      if (kept(state).secondFactor === "on") {
        refuse("SECOND_FACTOR_ON", "The second factor is on already; switch it off first.");
      }
      return [{ type: "credential.enrolled", data: enrolment }];
    },
    "credential.confirm": (state, { step }) => {
      unused(state, step, "pending");
      return [{ type: "credential.confirmed", data: { step } }];
    },
    "credential.step": (state, { step }) => {
      unused(state, step, "on");
      return [{ type: "credential.stepped", data: { step } }];
    },
    "credential.recover": (state, { recoveryHash }) => {
      const { recoveryHashes, secondFactor } = kept(state);
      const known = recoveryHashes ?? [];
      if (secondFactor !== "on" || !known.includes(recoveryHash)) invalid();
      return [{ type: "credential.recovered", data: { recoveryHashes: known.filter((one) => one !== recoveryHash) } }];
    },
    "credential.disenrol": (state) =>
      kept(state).secondFactor === "off" ? [] : [{ type: "credential.disenrolled", data: {} }],
  },
  evolve: {
    "credential.opened": (_state, { id }) => fresh(id),
    // a new password ends what the old one opened
    "credential.set": (state, { id, passwordHash }) =>
      state.status === "absent" ? { ...fresh(id), passwordHash } : { ...state, passwordHash, epoch: state.epoch + 1 },
    "credential.rehashed": (state, { passwordHash }) => ({ ...was(state), passwordHash }),
    "credential.renewed": (state) => ({ ...was(state), epoch: was(state).epoch + 1 }),
    "credential.enrolled": (state, enrolment) => ({ ...was(state), ...enrolment, secondFactor: "pending" }),
    "credential.confirmed": (state, { step }) => ({ ...was(state), secondFactor: "on", usedStep: step }),
    "credential.stepped": (state, { step }) => ({ ...was(state), usedStep: step }),
    "credential.recovered": (state, { recoveryHashes }) => ({ ...was(state), recoveryHashes }),
    "credential.disenrolled": (state) => ({ ...was(state), ...without }),
  },
};
