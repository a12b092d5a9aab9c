/**
 * Who sends a request. Tokens of the administrator (`stoa token`) say it all themselves. Those of accounts are checked
 * against the session that they were given out in: what was found is remembered for a few seconds, which is how long
 * a token may outlive a log-out, a revoked grant or an erasure.
 */
import { LRUCache } from "lru-cache";
import { refuseKernel } from "../../models/kernel/refusal";
import { kidOf, type AccessClaims, type AccessTokens } from "../kernel/access-token";
import { ANONYMOUS, type CallMeta, type Grant, type Principal } from "../kernel/call";
import type { PrincipalReader } from "./tokens";

/** How long a token may still be good after its session has ended. */
export const STANDING_MS = 5_000;
const REMEMBERED_MAX = 20_000;
const KEY_PREFIX = "stoa_";
const TOKEN_LENGTH_MAX = 8_192;
/** Of what is asked on the way in, before there is a principal. */
const DOOR: Principal = { id: "gateway", permissions: ["session.keep", "apikey.keep"] };

export interface IdentifyDeps {
  /** Reads what the mall's own secret signed. */
  readonly reader: PrincipalReader;
  readonly accessTokens: AccessTokens;
  readonly call: (action: string, params: object, options: { meta: CallMeta }) => Promise<unknown>;
  readonly now?: () => number;
  /** How long a token may still be good after its session has ended; 0: not at all. */
  readonly standingMs?: number;
}

export interface Arriving {
  readonly authorization: string | undefined;
  readonly trace: string;
}

/** @throws UNAUTHENTICATED, or what keeps the mall from telling */
export type Identify = (arriving: Arriving) => Promise<Principal>;

interface Standing {
  readonly live: boolean;
  readonly grants: readonly Grant[];
}

interface KeyHolder {
  readonly accountId: string | null;
  readonly grants: readonly Grant[];
  readonly scopes: readonly string[];
}

interface Remembered {
  readonly principal: Principal;
  readonly until: number;
}

const tokenOf = (authorization: string): string | undefined => /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization)?.[1];

const grantsFor = (accountId: string, grants: readonly Grant[]): readonly Grant[] => [
  { role: "shopper", party: accountId },
  ...grants,
];

/** An account may do what its roles permit, and is the shopper of what is its own. */
function principalOf({ accountId, sessionId, family }: AccessClaims, grants: readonly Grant[]): Principal {
  return {
    id: accountId,
    permissions: [],
    grants: grantsFor(accountId, grants),
    session: { id: sessionId, family },
  };
}

export function createIdentify(deps: IdentifyDeps): Identify {
  const { reader, accessTokens, call, now = Date.now, standingMs = STANDING_MS } = deps;
  const known = new LRUCache<string, Remembered>({ max: REMEMBERED_MAX });
  async function byAccount(token: string, trace: string): Promise<Principal> {
    const claims = await accessTokens.read(token);
    const { accountId, sessionId: id, family, expiresAtMs } = claims;
    const meta = { principal: DOOR, trace };
    const { live, grants } = (await call("session.standing", { id, family, accountId }, { meta })) as Standing;
    if (!live) return refuseKernel("UNAUTHENTICATED", "The session of this access token is over: log in again.");
    const principal = principalOf(claims, grants);
    known.set(token, { principal, until: Math.min(now() + standingMs, expiresAtMs) });
    return principal;
  }
  async function byKey(key: string, trace: string): Promise<Principal> {
    const holder = (await call("apikey.check", { key }, { meta: { principal: DOOR, trace } })) as KeyHolder;
    const { accountId, grants, scopes } = holder;
    if (accountId === null) return refuseKernel("UNAUTHENTICATED", "This API key is not good here: it may be revoked.");
    const principal = { id: accountId, permissions: [], grants: grantsFor(accountId, grants), scopes };
    known.set(key, { principal, until: now() + standingMs });
    return principal;
  }
  return async ({ authorization, trace }) => {
    if (authorization === undefined) return ANONYMOUS;
    const token = tokenOf(authorization);
    if (token === undefined || token.length > TOKEN_LENGTH_MAX) return reader(authorization);
    const found = known.get(token);
    if (found && found.until > now()) return found.principal;
    if (token.startsWith(KEY_PREFIX)) return byKey(token, trace);
    return kidOf(token) === null ? reader(authorization) : byAccount(token, trace);
  };
}
