/**
 * Sessions and the tokens that they give. A refresh token is a MAC over session, log-in and generation, so that nothing
 * that opens a session is stored, every token that was ever given out is recognised, and asking for the same rotation
 * twice (with the same Idempotency-Key) gives the same token.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import type { Row } from "../../models/kernel/row";
import { refuse } from "../../models/refusals";
import {
  session,
  type LiveSession,
  type SessionEvent,
  type SessionState,
} from "../../models/session/session.aggregate";
import {
  SESSIONS_MAX,
  sessionContract,
  type ListedSession,
  type OpenSession,
  type RotateSession,
  type StartSession,
  type SessionRef,
  type SessionList,
  type Standing,
  type Tokens,
} from "../../models/session/session.contract";
import { ACCESS_SECONDS } from "../kernel/access-token";
import { asMall, typed, type TypedCall } from "../kernel/call";
import type { Node } from "../kernel/node";
import { aggregateService, procedureService, type CallSite } from "../kernel/service";
import { readRefreshToken, refreshToken } from "../kernel/refresh-token";
import { heldWith } from "../kernel/second-factor";

const contract = anyContract(sessionContract);
const DAY_MS = 86_400_000;
const IDLE_DAYS = 30;
const LIFE_DAYS = 90;
const PLACE_ATTEMPTS_MAX = 4;

const over = (): never => refuse("SESSION_ENDED", "This session is over: log in again.");
const later = (now: string, days: number): string => new Date(Date.parse(now) + days * DAY_MS).toISOString();

const placesOf = (accountId: string): string[] =>
  Array.from({ length: SESSIONS_MAX }, (_, place) => derivedId("session", accountId, String(place)));

interface Placed {
  readonly id: string;
  readonly state: SessionState;
}

async function placed(node: Node, accountId: string): Promise<readonly Placed[]> {
  const ids = placesOf(accountId);
  const rows = await node.histories("session").newest(ids);
  return ids.map((id) => ({ id, state: (rows.get(id)?.state ?? { status: "absent" }) as SessionState }));
}

const isLive = (state: SessionState, now: string, epoch: number): state is LiveSession =>
  state.status === "live" && state.epoch === epoch && now < state.idleUntil && now < state.endsAt;

/** Where the log-in already is, else a free place, else that of the session that was used longest ago. */
function placeFor(places: readonly Placed[], family: string, free: (state: SessionState) => boolean): Placed {
  const used = ({ state }: Placed): string => (state.status === "live" ? state.refreshedAt : "");
  const own = places.find(({ state }) => state.status === "live" && state.family === family);
  const found =
    own ?? places.find(({ state }) => free(state)) ?? [...places].sort((a, b) => (used(a) < used(b) ? -1 : 1))[0];
  if (!found) throw new Error("an account has no place for a session");
  return found;
}

type Call = (step: string) => TypedCall<Calls>;

async function tokensFor(
  node: Node,
  call: Call,
  of: SessionRef & Pick<LiveSession, "accountId" | "secondFactor"> & { readonly generation: number },
): Promise<Tokens> {
  const { accountId, id, family, secondFactor: proven } = of;
  const account = await call("grants")("account.peek", { id: accountId });
  const grants = heldWith(account.grants, { wanted: node.identity.adminSecondFactor, proven });
  return {
    status: "logged-in",
    accountId,
    accessToken: await node.identity.accessTokens.issue({ accountId, sessionId: id, family, grants }),
    tokenType: "Bearer",
    expiresIn: ACCESS_SECONDS,
    refreshToken: refreshToken(node.identity.pepper, of),
  };
}

async function open(node: Node, params: OpenSession, { caller, meta }: CallSite): Promise<Tokens> {
  const { accountId, label, secondFactor } = params;
  const call: Call = (step) => typed<Calls>(caller, asMall(meta, step, accountId));
  const { epoch } = await call("epoch")("credential.peek", { id: accountId });
  const family = derivedId("family", meta.commandId ?? "");
  const now = node.clock.now();
  const started = { accountId, family, epoch, secondFactor, ...(label !== undefined && { label }) };
  for (let attempt = 1; ; attempt++) {
    const { id, state } = placeFor(await placed(node, accountId), family, (one) => !isLive(one, now, epoch));
    const replaces = state.status === "live" ? { replaces: state.family } : {};
    try {
      await call(`start ${id}`)("session.start", { id, ...started, ...replaces });
      return await tokensFor(node, call, { id, family, accountId, secondFactor, generation: 0 });
    } catch (error) {
      // another log-in took the place meanwhile
      if (!isRefusal(error, "ALREADY_EXISTS") || attempt === PLACE_ATTEMPTS_MAX) throw error;
    }
  }
}

/** Whether the account lets the session go on, and what the account may do. */
async function accountStands(
  node: Node,
  call: Call,
  { accountId, epoch, secondFactor: proven }: Pick<LiveSession, "accountId" | "epoch" | "secondFactor">,
): Promise<Standing> {
  const [account, credential] = await Promise.all([
    call("account")("account.peek", { id: accountId }),
    call("epoch")("credential.peek", { id: accountId }),
  ]);
  const grants = heldWith(account.grants, { wanted: node.identity.adminSecondFactor, proven });
  return { live: account.status === "active" && credential.epoch === epoch, grants };
}

async function refresh(node: Node, text: string, { caller, meta }: CallSite): Promise<Tokens> {
  const token = readRefreshToken(node.identity.pepper, text);
  const state = token && (await stateOf(node, token.id));
  if (state?.status !== "live" || state.family !== token?.family) return over();
  const { id, family } = token;
  const { accountId, secondFactor } = state;
  const call: Call = (step) => typed<Calls>(caller, asMall(meta, step, accountId));
  if (!(await accountStands(node, call, state)).live) return over();
  const { version } = await call("rotate")("session.rotate", token);
  // what the command made, whatever came after it
  const row = await node.histories("session").asOf(id, { version });
  const generation = rotatedTo(row);
  if (generation !== null) return tokensFor(node, call, { id, family, accountId, secondFactor, generation });
  node.log.warn({ session: id, account: accountId }, "A refresh token was used twice: the session was ended");
  return over();
}

/** The generation that the row began, or null where it ended the session instead. */
function rotatedTo(row: Row | null): number | null {
  const [event] = (row?.events ?? []) as readonly SessionEvent[];
  return event?.type === "session.rotated" ? event.data.generation : null;
}

async function stateOf(node: Node, id: string): Promise<SessionState> {
  const rows = await node.histories("session").newest([id]);
  return (rows.get(id)?.state ?? { status: "absent" }) as SessionState;
}

type Asked = SessionRef & { readonly accountId: string };

async function standing(node: Node, { id, family, accountId }: Asked, { caller, meta }: CallSite): Promise<Standing> {
  const state = await stateOf(node, id);
  const now = node.clock.now();
  const none = { live: false, grants: [] };
  if (state.status !== "live" || state.family !== family || state.accountId !== accountId) return none;
  if (!isLive(state, now, state.epoch)) return none;
  return accountStands(node, (step) => typed<Calls>(caller, asMall(meta, step)), state);
}

async function list(node: Node, accountId: string, { caller, meta }: CallSite): Promise<SessionList> {
  const { epoch } = await typed<Calls>(caller, asMall(meta, "epoch"))("credential.peek", { id: accountId });
  const rows = await node.histories("session").newest(placesOf(accountId));
  const revealed = (await node.personal("session").reveal([...rows.values()])) as readonly Row<SessionState>[];
  const items = revealed.flatMap(({ aggregateId: id, state }): ListedSession[] => {
    if (!isLive(state, node.clock.now(), epoch)) return [];
    const { family, label = null, startedAt, refreshedAt, secondFactor } = state;
    return [{ id, family, label, startedAt, refreshedAt, secondFactor }];
  });
  return { items };
}

export const sessionService = (node: Node): ServiceSchema =>
  aggregateService(node, {
    contract,
    aggregate: erased(session),
    confidential: true,
    // added here, so that a repeated command is the same one whatever the time
    prepare: {
      "session.start": (params: StartSession) => {
        const now = node.clock.now();
        return Promise.resolve({ ...params, idleUntil: later(now, IDLE_DAYS), endsAt: later(now, LIFE_DAYS) });
      },
      "session.rotate": (params: RotateSession) =>
        Promise.resolve({ ...params, idleUntil: later(node.clock.now(), IDLE_DAYS) }),
    },
  });

export const sessionTokens = (node: Node): ServiceSchema =>
  procedureService({
    name: "session-tokens",
    contract,
    roles: node.roles,
    procedures: {
      "session.open": (params: OpenSession, site) => open(node, params, site),
      "session.refresh": (params: { refreshToken: string }, site) => refresh(node, params.refreshToken, site),
      "session.standing": (params: Asked, site) => standing(node, params, site),
      "session.list": (params: { accountId: string }, site) => list(node, params.accountId, site),
    },
  });
