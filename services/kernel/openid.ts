/**
 * Logging in by an OpenID provider: authorization code with PKCE, state and nonce. The provider is named by the
 * configuration alone, so that no request makes the mall fetch an address of somebody's choice. What the provider says
 * is checked by the library (signature, issuer, audience, nonce); RS256 is the only algorithm taken.
 */
import { createHash } from "node:crypto";
import { custom, errors, Issuer, type Client } from "openid-client";

export interface OpenIdConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the provider sends people back to: a page of the mall. */
  readonly redirectUri: string;
}

/** What ties an answer to its question; secrets of one log-in. */
export interface Ties {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface Person {
  readonly issuer: string;
  readonly subject: string;
  /** Null unless the provider says that it verified the address. */
  readonly email: string | null;
  readonly name: string | null;
}

export interface OpenId {
  /** The provider's host, by which people know it. */
  readonly host: string;
  /** Where to send the person. */
  url(ties: Ties): Promise<string>;
  /** Null when the provider, or what came back from it, does not prove anybody. */
  person(ties: Ties, answer: { readonly code: string; readonly iss?: string | undefined }): Promise<Person | null>;
}

const TIMEOUT_MS = 5_000;
const TEXT_MAX = 200;

const challengeOf = (verifier: string): string => createHash("sha256").update(verifier).digest("base64url");

/** The provider refuses, or what it says is not right: no fault of ours. */
const isRefused = (error: unknown): boolean => error instanceof errors.OPError || error instanceof errors.RPError;

const textOf = (value: unknown): string | null =>
  typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, TEXT_MAX) : null;

async function discovered({ issuer, clientId, clientSecret, redirectUri }: OpenIdConfig): Promise<Client> {
  custom.setHttpOptionsDefaults({ timeout: TIMEOUT_MS });
  const { Client } = await Issuer.discover(issuer);
  return new Client({
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uris: [redirectUri],
    response_types: ["code"],
    id_token_signed_response_alg: "RS256",
  });
}

export function createOpenId(config: OpenIdConfig): OpenId {
  let found: Promise<Client> | null = null;
  const client = (): Promise<Client> => {
    // asked again next time, when the provider did not answer
    found ??= discovered(config).catch((error: unknown) => {
      found = null;
      throw error;
    });
    return found;
  };
  return {
    host: new URL(config.issuer).host,
    async url({ state, nonce, verifier }) {
      return (await client()).authorizationUrl({
        scope: "openid email profile",
        state,
        nonce,
        code_challenge: challengeOf(verifier),
        code_challenge_method: "S256",
      });
    },
    async person({ state, nonce, verifier }, { code, iss }) {
      const one = await client();
      try {
        const answer = { code, state, ...(iss !== undefined && { iss }) };
        const checks = { state, nonce, code_verifier: verifier, response_type: "code" };
        const tokens = await one.callback(config.redirectUri, answer, checks);
        const { sub, email, email_verified: verified, name } = await one.userinfo(tokens);
        const { issuer } = one.issuer.metadata;
        return { issuer, subject: sub, email: verified === true ? textOf(email) : null, name: textOf(name) };
      } catch (error) {
        if (isRefused(error)) return null;
        throw error;
      }
    },
  };
}
