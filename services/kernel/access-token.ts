/**
 * Access tokens of accounts: short-lived JSON Web Tokens that name the account, its session and its grants. Algorithm,
 * issuer, audience and type are pinned; the key is chosen among ours by its name, never by what the token brings.
 */
import { sign, verify, type JwtPayload } from "jsonwebtoken";
import { randomId } from "../../models/kernel/ids";
import { refuseKernel } from "../../models/kernel/refusal";
import type { Grant } from "./call";
import type { KeyRing } from "./key-ring";

export interface AccessClaims {
  readonly accountId: string;
  readonly sessionId: string;
  /** Tells this log-in from an earlier one in the same place. */
  readonly family: string;
  readonly grants: readonly Grant[];
}

export interface AccessTokens {
  issue(claims: AccessClaims): Promise<string>;
  /** @throws UNAUTHENTICATED for a token that is garbled, forged, expired or made for another use */
  read(token: string): Promise<AccessClaims & { readonly expiresAtMs: number }>;
}

export const ACCESS_SECONDS = 600;
const ALGORITHM = "HS256";
const ISSUER = "stoa";
const AUDIENCE = "stoa-account";

function headerOf(token: string): { readonly kid?: unknown } | null {
  try {
    return JSON.parse(Buffer.from(token.slice(0, token.indexOf(".")), "base64url").toString()) as { kid?: unknown };
  } catch {
    return null;
  }
}

/**
 * The name of the key in the token's header, or null for a token that is none of ours. Asked of every request: the
 * header alone is read, for the library takes the whole token apart several times, a fifth of a millisecond.
 */
export function kidOf(token: string): string | null {
  const kid = headerOf(token)?.kid;
  return typeof kid === "string" && /^[0-9a-f]{12}$/.test(kid) ? kid : null;
}

function refuse(error?: unknown): never {
  const expired = error instanceof Error && error.name === "TokenExpiredError";
  const why = expired ? "has expired: refresh it" : "is not valid here: log in again";
  return refuseKernel("UNAUTHENTICATED", `The access token ${why}.`);
}

export function createAccessTokens(ring: KeyRing): AccessTokens {
  return {
    async issue({ accountId, sessionId, family, grants }) {
      const { kid, key } = await ring.current();
      return sign({ sid: sessionId, fam: family, grants }, key, {
        algorithm: ALGORITHM,
        keyid: kid,
        issuer: ISSUER,
        audience: AUDIENCE,
        subject: accountId,
        expiresIn: ACCESS_SECONDS,
        jwtid: randomId(),
      });
    },
    async read(token) {
      const kid = kidOf(token);
      const found = kid === null ? undefined : await ring.find(kid);
      if (!found) return refuse();
      let claims: JwtPayload;
      try {
        const options = { algorithms: [ALGORITHM] as ["HS256"], issuer: ISSUER, audience: AUDIENCE };
        claims = verify(token, found.key, options) as JwtPayload;
      } catch (error) {
        return refuse(error);
      }
      // signed by this mall, so it has the form that `issue` gave it
      const { sub = "", exp = 0, sid, fam, grants } = claims as JwtPayload & Record<"sid" | "fam", string>;
      return {
        accountId: sub,
        sessionId: sid,
        family: fam,
        grants: grants as readonly Grant[],
        expiresAtMs: exp * 1_000,
      };
    },
  };
}
