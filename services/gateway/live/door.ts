/**
 * Who is let in, and for how long. A token is read at the handshake, replaced by `renew`, and looked at again when the
 * session, the account or its roles change: whoever may not look any more is cut off then, not when the token ends.
 */
import { decode } from "jsonwebtoken";
import type { Logger } from "pino";
import { refuseKernel } from "../../../models/kernel/refusal";
import type { LiveNamespace } from "../../../models/live/live.contract";
import type { Principal } from "../../kernel/call";
import { networkOf } from "../../kernel/attempts";
import type { Identify } from "../identify";
import { refuseHere } from "../problem";
import { createBucket, type Places } from "./limits";
import { enter, type PermitDeps } from "./permits";
import type { LiveSocket, LiveSpace, Looker } from "./sockets";
import { troubleOf } from "./trouble";
import type { LiveFigures } from "./figures";

export interface DoorDeps extends PermitDeps {
  /** Remembers nothing: asked again, it looks again. */
  readonly identify: Identify;
  /** Resolves when there is something to show. */
  readonly awake: () => Promise<void>;
  readonly places: Places;
  readonly figures: LiveFigures;
  readonly log: Logger;
}

/** When a token that was found good is over, in milliseconds. */
function endOf(token: string | undefined): number | null {
  const claims = token === undefined ? null : decode(token);
  const exp = claims !== null && typeof claims === "object" ? claims.exp : undefined;
  return exp === undefined ? null : exp * 1_000;
}

const bearer = (token: string | undefined): string | undefined => (token === undefined ? undefined : `Bearer ${token}`);

async function arrived(deps: DoorDeps, socket: LiveSocket, namespace: LiveNamespace): Promise<Looker> {
  const { token: given } = socket.handshake.auth as { token?: unknown };
  const token = given === undefined || given === null ? undefined : typeof given === "string" ? given : "?";
  const principal = await deps.identify({ authorization: bearer(token), trace: socket.id });
  enter(deps, namespace, principal);
  const place = networkOf(socket.handshake.address);
  await deps.awake();
  if (!deps.places.take(place)) refuseHere("RATE_LIMITED", "There are too many live connections from this address.");
  return {
    ...{ namespace, place, principal, token, expiresAt: endOf(token), warned: false, bucket: createBucket() },
    ...{ watched: new Map(), lagging: null },
  };
}

/** Lets in, or refuses with a `connect_error` that carries the problem. */
export function guardDoor(space: LiveSpace, namespace: LiveNamespace, deps: DoorDeps): void {
  space.use((socket, next) => {
    void arrived(deps, socket, namespace).then(
      (looker) => {
        socket.data = looker;
        next();
      },
      (error: unknown) => {
        const { name, problem } = troubleOf(error, deps.log);
        deps.figures.refused(name);
        next(Object.assign(new Error(problem.detail), { data: problem }));
      },
    );
  });
}

const sameAs = (a: Principal, b: Principal): boolean => a.id === b.id;

/** The account goes on under another token. @throws UNAUTHENTICATED, FORBIDDEN */
export async function renewed(
  deps: DoorDeps,
  socket: LiveSocket,
  token: string,
): Promise<{ expiresAt: string | null }> {
  const looker = socket.data;
  const principal = await deps.identify({ authorization: bearer(token), trace: socket.id });
  if (!sameAs(principal, looker.principal)) {
    refuseKernel("FORBIDDEN", "The new token is another account's: connect anew with it.");
  }
  enter(deps, looker.namespace, principal);
  const expiresAt = endOf(token);
  Object.assign(looker, { principal, token, expiresAt, warned: false });
  return { expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString() };
}

/** What the token says now. @throws UNAUTHENTICATED when its session is over, FORBIDDEN when nothing is left to see */
export async function lookedAgain(deps: DoorDeps, socket: LiveSocket): Promise<void> {
  const looker = socket.data;
  const principal = await deps.identify({ authorization: bearer(looker.token), trace: socket.id });
  enter(deps, looker.namespace, principal);
  looker.principal = principal;
}
