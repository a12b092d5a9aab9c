/**
 * Live connections over Socket.IO: dashboards, order pages. Every gateway follows the commits itself and numbers what
 * it tells by their position in the stream, so gateways need nothing from each other: a client goes on at any of them
 * where it left off at another. Sessions that end, roles that change, are commits too: each gateway cuts off its own.
 */
import type { Server as HttpServer } from "node:http";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import { Server } from "socket.io";
import { createLiveBoards, type LiveBoardsOptions } from "../../../indexers/kernel/live-boards";
import { LIVE_NAMESPACES, LIVE_PATH } from "../../../models/live/live.contract";
import type { Identify } from "../identify";
import { answerAsks, forget, type AskDeps } from "./asks";
import { guardDoor } from "./door";
import { createLiveFigures } from "./figures";
import { createFollowing, type Follow, type Following } from "./following";
import { createPlaces } from "./limits";
import type { PermitDeps } from "./permits";
import { createOutgoing, type Connection } from "./outgoing";
import { lookAtSlow, pushChanges, pushWhole } from "./pushing";
import { createStanding, type Standing } from "./standing";
import type { LiveServer, LiveSocket } from "./sockets";
import type { Trouble } from "./trouble";

export interface LiveLimits {
  readonly windowMs: number;
  /** Connections from one address. */
  readonly perPlaceMax: number;
  readonly watchedMax: number;
  /** A socket that takes nothing for so long is closed. */
  readonly lagMsMax: number;
}

/** Four updates a second at most. */
export const LIVE_LIMITS: LiveLimits = { windowMs: 250, perPlaceMax: 200, watchedMax: 50, lagMsMax: 30_000 };

/** What is shown, and where it comes from. */
export interface LiveSource extends Pick<LiveBoardsOptions, "kinds" | "histories"> {
  readonly follow: Follow;
}

export interface LiveDeps extends PermitDeps {
  readonly server: HttpServer;
  readonly source: LiveSource;
  readonly identify: Identify;
  readonly metrics: Registry;
  readonly log: Logger;
  readonly limits?: Partial<LiveLimits>;
}

export interface Live {
  close(): Promise<void>;
}

const TICK_MS = 50;
/** A client says hardly anything: what is larger is no question. */
const MESSAGE_BYTES_MAX = 16_384;
const PING_EVERY_MS = 20_000;
const PING_WITHIN_MS = 20_000;

const openSockets = (server: HttpServer): LiveServer =>
  new Server(server, {
    path: LIVE_PATH,
    transports: ["websocket"],
    serveClient: false,
    maxHttpBufferSize: MESSAGE_BYTES_MAX,
    pingInterval: PING_EVERY_MS,
    pingTimeout: PING_WITHIN_MS,
    perMessageDeflate: false,
    connectTimeout: 10_000,
  });

/** Told why, and closed. */
function cutOff(socket: LiveSocket, { problem }: Trouble): void {
  socket.emit("ended", problem);
  socket.disconnect(true);
}

interface Assembled extends AskDeps {
  readonly following: Following;
  readonly standing: Standing;
}

/** Boards, and whoever is told of them. */
function assemble(deps: LiveDeps, io: LiveServer): Assembled {
  const { log, source } = deps;
  const limits = { ...LIVE_LIMITS, ...deps.limits };
  const spaces = LIVE_NAMESPACES.map((name) => io.of(name));
  const following = createFollowing(source.follow, {
    heard(commit, number, storedMs) {
      figures.heard(Date.parse(commit.committedAt), storedMs);
      boards.take(commit, number);
      standing.heard(commit);
    },
    lost(why) {
      log.warn({ why }, "What is shown live is built anew");
      boards.lost();
    },
  });
  const boards = createLiveBoards({
    ...{ kinds: source.kinds, histories: source.histories, windowMs: limits.windowMs },
    position: () => following.position(),
    changed: (ref, changes) => pushChanges(asks, ref, changes),
    renewed: (ref) => pushWhole(asks, ref),
    failed: (ref, err) => log.warn({ err, ref }, "A live board cannot be followed"),
  });
  const figures = createLiveFigures(deps.metrics, () => ({ sockets: io.engine.clientsCount, ...boards.counts() }));
  const asks: AskDeps = {
    ...{ roles: deps.roles, call: deps.call, identify: deps.identify, log, places: createPlaces(limits.perPlaceMax) },
    ...{ figures, boards, spaces, position: () => following.position(), watchedMax: limits.watchedMax },
    ...{ awake: () => following.awake(), outgoing: createOutgoing(), lagging: new Set() },
  };
  const standing = createStanding(asks, cutOff);
  return { ...asks, following, standing };
}

export function openLive(deps: LiveDeps): Live {
  const { lagMsMax } = { ...LIVE_LIMITS, ...deps.limits };
  const io = openSockets(deps.server);
  const asks = assemble(deps, io);
  io.engine.on("connection", (connection: Connection) => asks.outgoing.open(connection));
  LIVE_NAMESPACES.forEach((name, i) => {
    const space = asks.spaces[i];
    if (!space) return;
    guardDoor(space, name, asks);
    space.on("connection", (socket) => {
      answerAsks(asks, socket, cutOff);
      socket.on("disconnect", () => {
        asks.places.free(socket.data.place);
        for (const ref of [...socket.data.watched.values()]) forget(asks, socket, ref);
      });
    });
  });
  const timer = setInterval(() => {
    asks.boards.tick();
    asks.standing.tick();
    asks.following.tick(io.engine.clientsCount);
    for (const socket of lookAtSlow(asks, Date.now(), lagMsMax)) socket.disconnect(true);
  }, TICK_MS);
  return {
    async close() {
      clearInterval(timer);
      await io.close();
      await asks.following.stop();
    },
  };
}
