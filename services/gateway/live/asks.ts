/** What clients ask over a socket, one after the other: checked, permitted, answered; refusals are told and counted. */
import type Joi from "joi";
import { refuseKernel } from "../../../models/kernel/refusal";
import { liveAskSchemas } from "../../../models/live/live.ask.contract";
import type { BoardRef, LiveAsks, Told, WatchAsk, WidgetName } from "../../../models/live/live.contract";
import { reasonOf } from "../../kernel/wait";
import { refuseHere } from "../problem";
import { renewed, type DoorDeps } from "./door";
import { admitted } from "./permits";
import { kindOf, toldOf, type PushDeps } from "./pushing";
import { refOf, roomOf, type LiveSocket } from "./sockets";
import { troubleOf, type Trouble } from "./trouble";

export interface AskDeps extends DoorDeps, PushDeps {
  /** Boards that one socket may look at. */
  readonly watchedMax: number;
}

type AskName = keyof LiveAsks;
type Handler = (deps: AskDeps, socket: LiveSocket, params: never) => Promise<object>;

export function forget(deps: Pick<AskDeps, "boards">, socket: LiveSocket, ref: BoardRef): void {
  const watched = socket.data.watched.get(refOf(ref));
  if (!watched) return;
  socket.data.watched.delete(refOf(ref));
  for (const widget of watched.widgets) void socket.leave(roomOf(ref, widget));
  deps.boards.release(kindOf(ref));
}

/** Joined and told in one go: nothing can be emitted between the answer and what follows it. */
function begin(deps: AskDeps, socket: LiveSocket, ask: WatchAsk, widgets: readonly WidgetName[]): readonly Told[] {
  const { board: kind, id, known = {}, key } = ask;
  const ref = { board: kind, id };
  const board = deps.boards.settled(kindOf(ref));
  if (!board) return refuseHere("SERVICE_UNAVAILABLE", "The board is being built: ask again in a moment.");
  const before = socket.data.watched.get(refOf(ref));
  for (const widget of before?.widgets ?? []) void socket.leave(roomOf(ref, widget));
  const { stream, number } = deps.position();
  const reached = new Map(widgets.map((widget) => [widget, number]));
  socket.data.watched.set(refOf(ref), { ...ref, widgets, key, reached, stream, since: board.frame.since });
  if (socket.data.lagging === null) for (const widget of widgets) void socket.join(roomOf(ref, widget));
  return widgets.map((widget) => {
    const has = known[widget];
    return toldOf(deps, board, { ref, widget, ...(has && { known: has }) });
  });
}

async function watch(deps: AskDeps, socket: LiveSocket, ask: WatchAsk): Promise<object> {
  const { principal, namespace, watched } = socket.data;
  const ref = { board: ask.board, id: ask.id };
  const isNew = !watched.has(refOf(ref));
  if (isNew && watched.size >= deps.watchedMax) {
    refuseHere("RATE_LIMITED", `One connection may watch ${deps.watchedMax} boards: leave one first.`);
  }
  const widgets = await admitted(deps, ask, { namespace, principal, trace: socket.id });
  if (!isNew) return { told: begin(deps, socket, ask, widgets) };
  await deps.boards.hold(kindOf(ref));
  try {
    // who is gone meanwhile was forgotten before this could be
    if (!socket.connected) refuseHere("SERVICE_UNAVAILABLE", "The connection is gone.");
    return { told: begin(deps, socket, ask, widgets) };
  } catch (error) {
    deps.boards.release(kindOf(ref));
    throw error;
  }
}

function leave(deps: AskDeps, socket: LiveSocket, ref: BoardRef): Promise<object> {
  forget(deps, socket, ref);
  return Promise.resolve({});
}

const renew = (deps: AskDeps, socket: LiveSocket, { token }: { token: string }): Promise<object> =>
  renewed(deps, socket, token);

const handlers: Readonly<Record<AskName, Handler>> = { watch, leave, renew };

/** @throws VALIDATION_FAILED */
function checked(name: AskName, params: unknown): never {
  const schema: Joi.ObjectSchema = liveAskSchemas[name];
  const found: { readonly error?: Error | undefined; readonly value: unknown } = schema.validate(params, {
    convert: false,
  });
  if (found.error) refuseKernel("VALIDATION_FAILED", reasonOf(found.error));
  return found.value as never;
}

const isAsk = (name: string): name is AskName => Object.hasOwn(handlers, name);

type Reply = (answer: object) => void;
const replyIn = (args: readonly unknown[]): Reply => {
  const last = args.at(-1);
  return typeof last === "function" ? (last as Reply) : () => undefined;
};

export type CutOff = (socket: LiveSocket, trouble: Trouble) => void;

/** Answers everything that a socket sends, in the order in which it came. */
export function answerAsks(deps: AskDeps, socket: LiveSocket, cutOff: CutOff): void {
  let line: Promise<void> = Promise.resolve();
  const refused = (error: unknown, reply: Reply): void => {
    const trouble = troubleOf(error, deps.log);
    deps.figures.refused(trouble.name);
    reply({ ok: false, problem: trouble.problem });
    if (socket.data.bucket.stubborn()) cutOff(socket, trouble);
  };
  async function answer(name: string, args: readonly unknown[]): Promise<void> {
    const reply = replyIn(args);
    try {
      if (!isAsk(name)) refuseHere("ROUTE_NOT_FOUND", `There is nothing named "${name.slice(0, 40)}" to ask here.`);
      reply({ ok: true, ...(await handlers[name](deps, socket, checked(name, args[0]))) });
    } catch (error) {
      refused(error, reply);
    }
  }
  socket.onAny((name: string, ...args: unknown[]) => {
    // refused before it waits in the line: the line is as long as what the bucket lets through
    if (socket.data.bucket.take()) line = line.then(() => answer(name, args));
    else refuseFlood(refused, replyIn(args));
  });
}

function refuseFlood(refused: (error: unknown, reply: Reply) => void, reply: Reply): void {
  try {
    refuseHere("RATE_LIMITED", "More was asked than one connection may: slow down.");
  } catch (error) {
    refused(error, reply);
  }
}
