import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import { GRANTS_MAX, type AccountCalls, type AccountId, type Grant, type OpenAccount } from "./account.contract";
import type { LinkAccount, ReviseAccount } from "./account.contract";

const LOGIN_KEYS_MAX = 10;

export interface Opened extends OpenAccount {
  /** An account that is not verified by then is erased; added by the service, which has a clock. */
  readonly verifyUntil: string;
}

/** `email`, `emailKey`, `name` and `loginKeys` are personal: null once the person's key is destroyed. */
export interface LivingAccount extends Omit<Opened, "email" | "emailKey"> {
  readonly status: "unverified" | "active";
  readonly email: string | null;
  readonly emailKey: string | null;
  readonly loginKeys: readonly string[] | null;
  readonly grants: readonly Grant[];
}

/** `forgotten`: the key is destroyed, and nothing that was sealed can be read again. */
interface Tombstone {
  readonly status: "erased";
  readonly id: string;
  readonly at: string;
  readonly forgotten: boolean;
}

export type AccountState = { readonly status: "absent" } | LivingAccount | Tombstone;

export type AccountEvent =
  | { readonly type: "account.opened"; readonly data: Opened }
  | { readonly type: "account.verified"; readonly data: object }
  | { readonly type: "account.revised"; readonly data: Omit<ReviseAccount, "id"> }
  | { readonly type: "account.linked"; readonly data: { readonly loginKeys: readonly string[] } }
  | { readonly type: "account.granted"; readonly data: Grant }
  | { readonly type: "account.revoked"; readonly data: Grant }
  | { readonly type: "subject.erased"; readonly data: { readonly subject: string; readonly at: string } }
  | { readonly type: "account.forgotten"; readonly data: object };

export type AccountCommands = {
  [N in Exclude<keyof AccountCalls, `account.${"open" | "get" | "peek" | "find"}`>]: AccountCalls[N]["params"];
} & { readonly "account.open": Opened };

function living(state: AccountState): LivingAccount {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such account.");
  if (state.status === "erased") return refuse("SUBJECT_ERASED", "This account was erased for good.");
  return state;
}

function active(state: AccountState): LivingAccount {
  const account = living(state);
  if (account.status !== "active") return refuse("ACCOUNT_UNVERIFIED", "The account's address is not verified yet.");
  return account;
}

const kept = (state: AccountState): LivingAccount => state as LivingAccount;
const erasure = (subject: string, at: string): AccountEvent => ({ type: "subject.erased", data: { subject, at } });
const grantOf = ({ id: _id, ...grant }: Grant & AccountId): Grant => grant;
const named = ({ role, party, channels = [] }: Grant): string => JSON.stringify([role, party, [...channels].sort()]);
const held = ({ grants }: LivingAccount, grant: Grant): boolean =>
  grants.some((known) => named(known) === named(grant));

function linked(account: LivingAccount, { loginKey }: LinkAccount): readonly AccountEvent[] {
  const known = account.loginKeys ?? [];
  if (known.includes(loginKey)) return [];
  if (known.length >= LOGIN_KEYS_MAX) {
    refuse("ACCOUNT_FULL", `An account can log in by ${LOGIN_KEYS_MAX} providers at most.`);
  }
  return [{ type: "account.linked", data: { loginKeys: [...known, loginKey] } }];
}

export const account: Aggregate<AccountState, AccountCommands, AccountEvent> = {
  name: "account",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "account.open": (state, params) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This account exists already.");
      return [{ type: "account.opened", data: params }];
    },
    "account.verify": (state, _params, now) => {
      const account = living(state);
      if (account.status === "active") return [];
      if (now > account.verifyUntil) refuse("CODE_INVALID", "The time to verify this account is over; register again.");
      return [{ type: "account.verified", data: {} }];
    },
    "account.expire": (state, { id }, now) => (state.status === "unverified" ? [erasure(id, now)] : []),
    "account.revise": (state, { id: _id, ...changes }) => {
      living(state);
      return [{ type: "account.revised", data: changes }];
    },
    "account.link": (state, params) => linked(active(state), params),
    "account.grant": (state, params) => {
      const account = active(state);
      const grant = grantOf(params);
      if (held(account, grant)) return [];
      if (account.grants.length >= GRANTS_MAX) {
        refuse("ACCOUNT_FULL", `An account can hold ${GRANTS_MAX} grants; take one back first.`);
      }
      return [{ type: "account.granted", data: grant }];
    },
    "account.revoke": (state, params) => {
      const grant = grantOf(params);
      return held(living(state), grant) ? [{ type: "account.revoked", data: grant }] : [];
    },
    "account.erase": (state, { id }, now) => {
      if (state.status === "erased") return [];
      living(state);
      return [erasure(id, now)];
    },
    "account.forget": (state) => {
      if (state.status !== "erased") return refuse("NOT_FOUND", "There is no such account that was erased.");
      return state.forgotten ? [] : [{ type: "account.forgotten", data: {} }];
    },
  },
  evolve: {
    "account.opened": (_state, data) => ({ status: "unverified", ...data, loginKeys: [], grants: [] }),
    "account.verified": (state) => ({ ...kept(state), status: "active" }),
    "account.revised": (state, changes) => ({ ...kept(state), ...changes }),
    "account.linked": (state, { loginKeys }) => ({ ...kept(state), loginKeys }),
    "account.granted": (state, grant) => ({ ...kept(state), grants: [...kept(state).grants, grant] }),
    "account.revoked": (state, grant) => ({
      ...kept(state),
      grants: kept(state).grants.filter((known) => named(known) !== named(grant)),
    }),
    "subject.erased": (_state, { subject, at }) => ({ status: "erased", id: subject, at, forgotten: false }),
    "account.forgotten": (state) => ({ ...(state as Tombstone), forgotten: true }),
  },
  // not before it is verified: nobody can keep an address from its owner by registering it
  claims: (state) => {
    if (state.status !== "active") return [];
    const logins = (state.loginKeys ?? []).map((loginKey) => `account.login/${loginKey}`);
    return state.emailKey === null ? logins : [`account.email/${state.emailKey}`, ...logins];
  },
  due: (state) => {
    if (state.status === "unverified") return [{ at: state.verifyUntil, command: "account.expire", params: {} }];
    // a timer, so that the key is destroyed whatever dies between the erasure and that
    const forget = state.status === "erased" && !state.forgotten;
    return forget ? [{ at: state.at, command: "account.forget", params: {} }] : [];
  },
};
