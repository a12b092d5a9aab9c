/** Who sends a request: worked out once, on arrival, and told (or refused) when somebody needs to know. */
import type { FastifyRequest } from "fastify";
import { isRefusal, Refusal } from "../../models/kernel/refusal";
import { ANONYMOUS, type Principal } from "../kernel/call";
import type { PrincipalReader } from "./tokens";

type Session = Principal | Refusal;

const sessions = new WeakMap<FastifyRequest, Session>();

function sessionOf(reader: PrincipalReader, request: FastifyRequest): Session {
  try {
    return reader(request.headers.authorization);
  } catch (error) {
    if (isRefusal(error)) return error;
    throw error;
  }
}

export function arrive(reader: PrincipalReader, request: FastifyRequest): void {
  sessions.set(request, sessionOf(reader, request));
}

/** @throws UNAUTHENTICATED when the request brought a token that is not good */
export function principalFor(request: FastifyRequest): Principal {
  const session = sessions.get(request) ?? ANONYMOUS;
  if (session instanceof Refusal) throw session;
  return session;
}

/** An admin: imports and other bulk work run under this name. */
export function isAdmin(request: FastifyRequest): boolean {
  const session = sessions.get(request);
  return session !== undefined && !(session instanceof Refusal) && session.permissions.includes("*");
}
