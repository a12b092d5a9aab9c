/** What the simulated mall is about: vaults with a unique code, that hold an amount and send to one another. */
import { erased, type Aggregate } from "../../../models/kernel/aggregate";
import { Refusal, refuseKernel } from "../../../models/kernel/refusal";
import type { Commit } from "../../../models/kernel/row";
import type { DocumentProjection, JoinedProjection } from "../../../indexers/kernel/projection";

interface Vault {
  readonly status: "open" | "closed";
  readonly code: string;
  readonly group: string;
  readonly amount: number;
}

export type VaultState = { readonly status: "absent" } | Vault;

export interface VaultCommands {
  "vault.open": { code: string; group: string; amount: number };
  "vault.rename": { code: string };
  "vault.put": { amount: number };
  "vault.take": { amount: number };
  "vault.send": { to: string; amount: number };
  "vault.receive": { amount: number };
  "vault.close": object;
  "vault.reopen": object;
}

export type VaultEvent =
  | { type: "vault.opened"; data: { code: string; group: string; amount: number } }
  | { type: "vault.renamed"; data: { code: string } }
  | { type: "vault.filled"; data: { amount: number } }
  | { type: "vault.taken"; data: { amount: number } }
  | { type: "vault.sent"; data: { to: string; amount: number } }
  | { type: "vault.received"; data: { amount: number } }
  | { type: "vault.closed"; data: object }
  | { type: "vault.reopened"; data: object };

const existing = (state: VaultState): Vault =>
  state.status === "absent" ? refuseKernel("NOT_FOUND", "There is no such vault.") : state;

function open(state: VaultState): Vault {
  const vault = existing(state);
  if (vault.status === "closed") throw new Refusal("VAULT_CLOSED", 409, "The vault is closed.");
  return vault;
}

function enough(state: VaultState, amount: number): void {
  if (open(state).amount < amount) throw new Refusal("VAULT_SHORT", 409, "There is not so much in the vault.");
}

const changed = (state: VaultState, change: Partial<Vault>): Vault => ({ ...(state as Vault), ...change });
const plus = (state: VaultState, amount: number): Vault => changed(state, { amount: (state as Vault).amount + amount });

const vaultOf: Aggregate<VaultState, VaultCommands, VaultEvent> = {
  name: "vault",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "vault.open": (state, data) => {
      if (state.status !== "absent") refuseKernel("ALREADY_EXISTS", "There is such a vault.");
      return [{ type: "vault.opened", data }];
    },
    "vault.rename": (state, { code }) => (open(state).code === code ? [] : [{ type: "vault.renamed", data: { code } }]),
    "vault.put": (state, data) => (open(state).amount < 0 ? [] : [{ type: "vault.filled", data }]),
    "vault.take": (state, data) => {
      enough(state, data.amount);
      return [{ type: "vault.taken", data }];
    },
    "vault.send": (state, data) => {
      enough(state, data.amount);
      return [{ type: "vault.sent", data }];
    },
    // what was sent has left the sender: it is taken in even by a closed vault
    "vault.receive": (state, data) => (existing(state).amount < 0 ? [] : [{ type: "vault.received", data }]),
    "vault.close": (state) => (open(state).amount < 0 ? [] : [{ type: "vault.closed", data: {} }]),
    "vault.reopen": (state) => (existing(state).status === "open" ? [] : [{ type: "vault.reopened", data: {} }]),
  },
  evolve: {
    "vault.opened": (_state, data) => ({ status: "open", ...data }),
    "vault.renamed": (state, { code }) => changed(state, { code }),
    "vault.filled": (state, { amount }) => plus(state, amount),
    "vault.taken": (state, { amount }) => plus(state, -amount),
    "vault.sent": (state, { amount }) => plus(state, -amount),
    "vault.received": (state, { amount }) => plus(state, amount),
    "vault.closed": (state) => changed(state, { status: "closed" }),
    "vault.reopened": (state) => changed(state, { status: "open" }),
  },
  claims: (state) => (state.status === "open" ? [`vault.code/${state.code}`] : []),
};

export const vault = erased(vaultOf);
export const vaultModel = { aggregate: "vault" } as const;

const stateOf = (commit: Commit): VaultState => commit.state as VaultState;
const described = { revision: 1, mappings: {}, settings: {} } as const;

/** One document per vault. */
export const vaults: DocumentProjection = {
  ...described,
  kind: "document",
  name: "vaults",
  source: "vault",
  document: (commit) => {
    const state = stateOf(commit);
    return state.status === "absent" ? null : { ...state, shown: state.status === "open" };
  },
};

/** One document per group of vaults. */
export const groups: JoinedProjection = {
  ...described,
  kind: "joined",
  name: "groups",
  partsMax: 100,
  sources: {
    vault: {
      target: (commit) => {
        const state = stateOf(commit);
        return state.status === "absent" ? null : state.group;
      },
      part: (commit) => {
        const state = stateOf(commit);
        return state.status === "open" ? { code: state.code, amount: state.amount } : null;
      },
    },
  },
  compose: (id, parts) => {
    const amounts = Object.values(parts).flatMap(({ part }) => (part ? [Number(part["amount"])] : []));
    return { id, count: amounts.length, amount: amounts.reduce((sum, amount) => sum + amount, 0) };
  },
};
