/**
 * Tokens that say who is calling: JSON Web Tokens signed with the mall's secret. The algorithm is pinned, because a
 * token must not choose how it is checked; issuer and audience are checked, so that a token made with the same secret
 * for something else opens nothing here.
 */
import { createSecretKey, type KeyObject } from "node:crypto";
import { sign, verify, type JwtPayload } from "jsonwebtoken";
import { refuseKernel } from "../../models/kernel/refusal";
import { LRUCache } from "lru-cache";
import { ANONYMOUS, type Grant, type Principal } from "../kernel/call";

const ALGORITHM = "HS256";
const ISSUER = "stoa";
const AUDIENCE = "stoa-api";
const TOKEN_LENGTH_MAX = 4_096;
const PERMISSIONS_MAX = 200;
const ID_PATTERN = /^[\x21-\x7e]{1,128}$/;
const PERMISSION_PATTERN = /^[a-z*][a-z0-9.*-]{0,99}$/;

export interface TokenOptions {
  /** Without it the token is good until the secret changes. */
  readonly expiresInSeconds?: number;
}

/** A token by which whoever holds it is taken for `principal`. @throws RangeError for a principal no token can name */
export function issueToken(secret: string, principal: Principal, { expiresInSeconds }: TokenOptions = {}): string {
  if (!isPrincipal(principal)) throw new RangeError(`No token can be made for the principal "${principal.id}"`);
  const { permissions, grants } = principal;
  return sign({ permissions, ...(grants && { grants }) }, secret, {
    algorithm: ALGORITHM,
    issuer: ISSUER,
    audience: AUDIENCE,
    subject: principal.id,
    ...(expiresInSeconds === undefined ? {} : { expiresIn: expiresInSeconds }),
  });
}

function isPrincipal({ id, permissions }: { id: unknown; permissions: unknown }): boolean {
  if (typeof id !== "string" || !ID_PATTERN.test(id) || id === ANONYMOUS.id) return false;
  if (!Array.isArray(permissions) || permissions.length > PERMISSIONS_MAX) return false;
  return permissions.every((permission) => typeof permission === "string" && PERMISSION_PATTERN.test(permission));
}

const GRANTS_MAX = 50;
const isText = (value: unknown): boolean => typeof value === "string" && value.length <= 128;

/** Roles held for a party: for a token that opens no more than what a seller, or a shopper, may. */
function areGrants(grants: unknown): grants is Grant[] {
  if (!Array.isArray(grants) || grants.length > GRANTS_MAX) return false;
  return grants.every((grant: Partial<Record<keyof Grant, unknown>>) => {
    const { role, party, channels = [] } = grant;
    return isText(role) && (party === null || isText(party)) && Array.isArray(channels) && channels.every(isText);
  });
}

function claimsOf(secret: KeyObject, token: string): JwtPayload | string {
  try {
    return verify(token, secret, { algorithms: [ALGORITHM], issuer: ISSUER, audience: AUDIENCE });
  } catch (error) {
    const expired = error instanceof Error && error.name === "TokenExpiredError";
    const why = expired ? "has expired" : "is not valid here";
    return refuseKernel("UNAUTHENTICATED", `The access token ${why}: log in again for a new one.`);
  }
}

/** A good token is checked once a minute, not once a request; it never outlives its own end. */
const REMEMBERED_MS = 60_000;
const REMEMBERED_MAX = 5_000;

interface Verified {
  readonly principal: Principal;
  /** How long the token is good from now on. */
  readonly leftMs: number;
}

/** @throws UNAUTHENTICATED */
function namedBy({ sub: id, ...claims }: JwtPayload): Principal {
  const { permissions, grants = [] } = claims as { permissions?: unknown; grants?: unknown };
  if (isPrincipal({ id, permissions }) && areGrants(grants)) {
    return { id: id ?? "", permissions: permissions as string[], ...(grants.length > 0 && { grants }) };
  }
  return refuseKernel("UNAUTHENTICATED", "The access token names nobody.");
}

function verified(secret: KeyObject, token: string): Verified {
  if (token.length > TOKEN_LENGTH_MAX) return refuseKernel("UNAUTHENTICATED", "The access token is too long.");
  const claims = claimsOf(secret, token);
  const found = typeof claims === "string" ? {} : claims;
  const leftMs = found.exp === undefined ? REMEMBERED_MS : found.exp * 1_000 - Date.now();
  return { principal: namedBy(found), leftMs };
}

/**
 * As a key object: given a string, the library first tries to read a public key out of it, which
 * costs 40 times more.
 */
const keyOf = (secret: string): KeyObject => createSecretKey(Buffer.from(secret));

/** Who the token names. @throws UNAUTHENTICATED for a token that is garbled, forged, expired or made for another use */
export const verifyToken = (secret: string, token: string): Principal => verified(keyOf(secret), token).principal;

/** Who sends an `Authorization` header; without one it is nobody in particular. */
export type PrincipalReader = (authorization: string | undefined) => Principal;

/** What it makes throws UNAUTHENTICATED for a header in another form and for a token that is not good. */
export function principalReader(secret: string): PrincipalReader {
  const key = keyOf(secret);
  const known = new LRUCache<string, Principal>({ max: REMEMBERED_MAX, ttl: REMEMBERED_MS });
  const principalOf = (token: string): Principal => {
    const { principal, leftMs } = verified(key, token);
    if (leftMs > 0) known.set(token, principal, { ttl: Math.min(leftMs, REMEMBERED_MS) });
    return principal;
  };
  return (authorization) => {
    if (authorization === undefined) return ANONYMOUS;
    const [, token] = /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization) ?? [];
    if (token !== undefined) return known.get(token) ?? principalOf(token);
    return refuseKernel("UNAUTHENTICATED", 'The Authorization header must have the form "Bearer <token>".');
  };
}
