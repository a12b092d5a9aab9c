/** Who sends a request: worked out once, on arrival, and told (or refused) when somebody needs to know. */
import type { FastifyRequest } from "fastify";
import { ANONYMOUS, type Principal } from "../kernel/call";
import type { Identify } from "./identify";

type Session = { readonly principal: Principal } | { readonly fault: unknown };

const sessions = new WeakMap<FastifyRequest, Session>();

export async function arrive(identify: Identify, request: FastifyRequest): Promise<void> {
  try {
    const { authorization } = request.headers;
    sessions.set(request, { principal: await identify({ authorization, trace: request.id }) });
  } catch (fault) {
    sessions.set(request, { fault });
  }
}

/** @throws UNAUTHENTICATED when the request brought a token that is not good */
export function principalFor(request: FastifyRequest): Principal {
  const session = sessions.get(request) ?? { principal: ANONYMOUS };
  if ("fault" in session) throw session.fault;
  return session.principal;
}

/** An admin: imports and other bulk work run under this name. */
export function isAdmin(request: FastifyRequest): boolean {
  const session = sessions.get(request);
  return session !== undefined && "principal" in session && session.principal.permissions.includes("*");
}
