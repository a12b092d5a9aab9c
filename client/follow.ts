/**
 * A board that is pushed, kept up to date over one connection. After a break the mall is told what is known and answers
 * with what is missing, or with all of it where that is too long ago; a token that is over is replaced by the next one.
 * Nothing is missed and nothing taken twice, whichever gateway answers.
 */
import { io, type Socket } from "socket.io-client";
import {
  LIVE_PATH,
  taken,
  type BoardKind,
  type LiveAsks,
  type LiveNamespace,
  type LiveProblem,
  type LiveTells,
  type Told,
  type WatchAsk,
} from "../models/live/live.contract";
import { knownOf, type Board, type BoardOf } from "./known";

export type LiveSocket = Socket<LiveTells, LiveAsks>;

export interface Live<K extends BoardKind> {
  readonly connected: boolean;
  readonly board: BoardOf<K>;
}

export interface FollowOptions<K extends BoardKind> {
  /** `https://mall.example`; left out: where the page comes from. */
  readonly url?: string;
  readonly board: K;
  /** Of the seller, the order or the channel. */
  readonly id: string;
  /** Left out: the one that shows such boards to those whose they are. */
  readonly namespace?: LiveNamespace;
  /** Left out: all that the account may see. */
  readonly widgets?: WatchAsk["widgets"];
  /** Of a guest's order: the key that came by mail. */
  readonly key?: string;
  /** The access token as it is now; null: nobody is signed in. */
  readonly token: () => string | null;
  /** Gets the next access token of the same account; null: there is none any more. */
  readonly renew: () => Promise<string | null>;
  /** Told whenever anything has changed. */
  readonly heard: (live: Live<K>) => void;
  /** Told when the mall says no, and asking again would not help: nothing is pushed any more. */
  readonly refused?: (problem: LiveProblem) => void;
}

export interface Following {
  readonly socket: LiveSocket;
  stop(): void;
}

const NAMESPACES: Readonly<Record<BoardKind, LiveNamespace>> = {
  seller: "/seller",
  order: "/shopper",
  channel: "/admin",
};
const AGAIN_MS = 1_000;
const AGAIN_MS_MAX = 30_000;
const ENDED_BY_MALL = "io server disconnect";

/** May be gone in a moment: the board is being built, too many ask, the mall is not well. */
const passes = ({ status }: LiveProblem): boolean => status >= 429;

interface State<K extends BoardKind> {
  readonly options: FollowOptions<K>;
  readonly socket: LiveSocket;
  board: Board;
  /** An answer is on its way. */
  asking: boolean;
  /** Since it was last let in. */
  failures: number;
  later: ReturnType<typeof setTimeout> | undefined;
  stopped: boolean;
}

const tell = <K extends BoardKind>({ options, socket, board }: State<K>): void =>
  options.heard({ connected: socket.connected, board });

function refuse<K extends BoardKind>(state: State<K>, problem: LiveProblem): void {
  state.stopped = true;
  state.socket.disconnect();
  state.options.refused?.(problem);
}

/** Does something a while later, longer with every failure. */
function again<K extends BoardKind>(state: State<K>, work: () => void): void {
  clearTimeout(state.later);
  const ms = Math.min(AGAIN_MS_MAX, AGAIN_MS * 2 ** state.failures);
  state.failures += 1;
  state.later = setTimeout(() => {
    if (!state.stopped) work();
  }, ms);
}

function take<K extends BoardKind>(state: State<K>, told: readonly Told[]): void {
  for (const one of told) {
    const next = taken(state.board[one.widget] ?? null, one);
    if (next === "gap") watch(state);
    else state.board = { ...state.board, [one.widget]: next };
  }
  tell(state);
}

function watch<K extends BoardKind>(state: State<K>): void {
  if (state.asking || !state.socket.connected) return;
  const { board, id, widgets, key } = state.options;
  const more = { ...(widgets && { widgets }), ...(key !== undefined && { key }) };
  state.asking = true;
  state.socket.emit("watch", { board, id, ...more, known: knownOf(state.board) }, (answer) => {
    state.asking = false;
    if (answer.ok) {
      state.failures = 0;
      take(state, answer.told);
    } else if (passes(answer.problem)) again(state, () => watch(state));
    else refuse(state, answer.problem);
  });
}

/** The mall does not let it in, or has put it out: with the next token it may. */
async function shutOut<K extends BoardKind>(state: State<K>, problem: LiveProblem): Promise<void> {
  const connect = (): void => void state.socket.connect();
  if (passes(problem)) {
    again(state, connect);
    return;
  }
  const token = problem.status === 401 ? await state.options.renew() : null;
  if (state.stopped) return;
  if (token === null) refuse(state, problem);
  else if (state.failures === 0) {
    state.failures = 1;
    connect();
  } else again(state, connect);
}

async function renewedOn<K extends BoardKind>({ options, socket }: State<K>): Promise<void> {
  const token = await options.renew();
  if (token !== null) socket.emit("renew", { token }, () => undefined);
}

function listen<K extends BoardKind>(state: State<K>): void {
  const { socket } = state;
  // a mall that cannot be asked for a token now is asked with the next failure
  const failing = (work: Promise<void>): void => void work.catch(() => again(state, () => socket.connect()));
  let ended: LiveProblem | null = null;
  socket.on("connect", () => {
    ended = null;
    state.asking = false;
    watch(state);
  });
  socket.on("snapshot", (told) => take(state, [told]));
  socket.on("delta", (told) => take(state, [told]));
  socket.on("expiring", () => void renewedOn(state).catch(() => undefined));
  socket.on("ended", (problem) => (ended = problem));
  socket.on("disconnect", (reason) => {
    state.asking = false;
    tell(state);
    if (state.stopped || reason !== ENDED_BY_MALL) return;
    if (ended?.status === 401) failing(shutOut(state, ended));
    // whoever may not see something any more may come back for the rest
    else again(state, () => socket.connect());
  });
  socket.on("connect_error", (error) => {
    const { data } = error as { readonly data?: LiveProblem };
    // without a word of the mall it was the way to it, and the connection tries again by itself
    if (data && !state.stopped) failing(shutOut(state, data));
  });
}

/** Follows one board until it is stopped. */
export function follow<K extends BoardKind>(options: FollowOptions<K>): Following {
  const { url = "", board, namespace = NAMESPACES[board], token } = options;
  const auth = (give: (data: object) => void): void => give({ token: token() });
  const socket: LiveSocket = io(url + namespace, { path: LIVE_PATH, transports: ["websocket"], auth });
  const state: State<K> = {
    ...{ options, socket, board: {}, asking: false, failures: 0, later: undefined, stopped: false },
  };
  listen(state);
  return {
    socket,
    stop() {
      state.stopped = true;
      clearTimeout(state.later);
      socket.disconnect();
    },
  };
}
