/**
 * Whether those who look may still look. Every commit that may change it (a session, an account, its password, a key, a
 * role) has the connections of that account looked at again, at once; and a token that runs out is announced, and then
 * held to.
 */
import type { Commit } from "../../../models/kernel/row";
import { kernelRefusals, Refusal } from "../../../models/kernel/refusal";
import { lookedAgain } from "./door";
import type { AskDeps, CutOff } from "./asks";
import { admitted } from "./permits";
import type { LiveSocket } from "./sockets";
import { troubleOf } from "./trouble";

/** How long before its end a token is announced to end. */
const WARN_MS = 60_000;
/** How often tokens are looked at. */
const LOOK_EVERY_MS = 500;
/** A node learns what a role permits within a second. */
const ROLES_LEARNT_MS = 2_000;

export const STANDING_AGGREGATES = ["session", "account", "credential", "apikey", "role"] as const;

export interface Standing {
  heard(commit: Commit): void;
  tick(): void;
}

/** Whose connections a commit may concern: an account's id; null for everybody's. */
function accountIn({ aggregate, aggregateId, state }: Commit): string | null {
  if (aggregate === "role") return null;
  if (aggregate === "account" || aggregate === "credential") return aggregateId;
  const { accountId } = state as { accountId?: unknown };
  return typeof accountId === "string" ? accountId : aggregateId;
}

const over = new Refusal(
  "UNAUTHENTICATED",
  kernelRefusals.UNAUTHENTICATED,
  "The access token has expired: connect anew with a fresh one.",
);

/** Announces the end of a token that is near. @returns why the connection ends, when it has come */
function endingOf(socket: LiveSocket, now: number): Refusal | null {
  const { expiresAt, warned } = socket.data;
  if (expiresAt === null || expiresAt - now > WARN_MS) return null;
  if (expiresAt <= now) return over;
  if (!warned) socket.emit("expiring", { expiresAt: new Date(expiresAt).toISOString() });
  socket.data.warned = true;
  return null;
}

export function createStanding(deps: AskDeps, cutOff: CutOff): Standing {
  const refuse = (socket: LiveSocket, error: unknown): void => {
    const trouble = troubleOf(error, deps.log);
    // a mall that cannot say now who somebody is does not throw him out for it
    if (trouble.problem.status >= 500) return;
    deps.figures.refused(trouble.name);
    cutOff(socket, trouble);
  };
  /** @throws what keeps him from seeing something that he watches: he may come back for the rest */
  async function lookAgain(socket: LiveSocket): Promise<void> {
    await lookedAgain(deps, socket);
    const { namespace, principal, watched } = socket.data;
    for (const { board, id, widgets, key } of [...watched.values()]) {
      const ask = { board, id, widgets, ...(key !== undefined && { key }) };
      await admitted(deps, ask, { namespace, principal, trace: socket.id });
    }
  }
  const lookAgainAt = (wanted: (socket: LiveSocket) => boolean): void => {
    for (const socket of [...sockets()].filter(wanted)) {
      void lookAgain(socket).catch((error: unknown) => refuse(socket, error));
    }
  };
  let rolesAt = Infinity;
  let lookedAt = 0;
  function* sockets(): Generator<LiveSocket> {
    for (const space of deps.spaces) yield* space.sockets.values();
  }
  return {
    heard(commit) {
      if (!(STANDING_AGGREGATES as readonly string[]).includes(commit.aggregate)) return;
      const account = accountIn(commit);
      if (account === null) rolesAt = Date.now() + ROLES_LEARNT_MS;
      else lookAgainAt(({ data }) => data.principal.id === account);
    },
    tick() {
      const now = Date.now();
      if (now > rolesAt) {
        rolesAt = Infinity;
        lookAgainAt(() => true);
      }
      if (now - lookedAt < LOOK_EVERY_MS) return;
      lookedAt = now;
      for (const socket of sockets()) {
        const fault = endingOf(socket, now);
        if (fault) refuse(socket, fault);
      }
    },
  };
}
