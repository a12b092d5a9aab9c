/**
 * The server. All commands that arrive in one turn of the event loop run one after the other in one transaction, and
 * their replies leave after it is on the disk: that is the group commit, and why conditional writes are atomic.
 */
import { createServer, type Server as NetServer, type Socket } from "node:net";
import { Catalog } from "./catalog";
import { type Reply, type Request, type Server } from "./command";
import { commandOf, writesData } from "./commands";
import { Cursors } from "./cursors";
import { Documents } from "./documents";
import { CommandError, Refused, StorageError, toCommandError } from "./errors";
import { Storage } from "./storage";
import { removeExpired } from "./ttl";
import { Frames, type Message, parse, replyTo } from "./wire";

const TURN_MS_MAX = 25;
const CONNECTIONS_MAX = 2_000;
const UNSENT_BYTES_MAX = 256 * 1024 * 1024;
const HOUSEKEEPING_MS = 10_000;

type Waiting = { socket: Socket; message: Message };

export class MongoServer {
  private readonly server: Server;
  private readonly net: NetServer;
  private readonly sockets = new Set<Socket>();
  private waiting: Waiting[] = [];
  private scheduled = false;
  private readonly timer: NodeJS.Timeout;

  constructor(folder: string) {
    const storage = new Storage(folder);
    const catalog = new Catalog(storage);
    const documents = new Documents(storage, catalog);
    this.server = { storage, catalog, documents, cursors: new Cursors(), startedAt: Date.now(), taken: new Map() };
    this.net = createServer({ noDelay: true }, (socket) => this.accept(socket));
    this.net.maxConnections = CONNECTIONS_MAX;
    this.timer = setInterval(() => this.keepHouse(), HOUSEKEEPING_MS);
  }

  /** Resolves to the port. Rejects when it is taken. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.net.once("error", reject);
      this.net.listen({ port, host }, () => {
        const address = this.net.address();
        resolve(typeof address === "object" && address ? address.port : port);
      });
    });
  }

  /** Answers what has arrived, then ends connections and the store. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.net.close();
    while (this.waiting.length > 0) this.turn();
    for (const socket of this.sockets) socket.destroySoon();
    await this.server.storage.close();
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    const frames = new Frames();
    socket.on("data", (chunk) => {
      try {
        for (const frame of frames.push(chunk)) this.waiting.push({ socket, message: parse(frame) });
        this.schedule();
      } catch {
        socket.destroy();
      }
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.sockets.delete(socket));
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.turn();
      this.schedule();
    });
  }

  /** One transaction for what waits, cut off after some milliseconds so that no reply waits long for others. */
  private turn(): void {
    const replies: [Waiting, Reply][] = [];
    const until = performance.now() + TURN_MS_MAX;
    let taken = 0;
    const work = (): void => {
      for (const waiting of this.waiting) {
        if (taken++ > 0 && performance.now() > until) {
          taken--;
          break;
        }
        replies.push([waiting, this.answer(waiting.message.request)]);
      }
    };
    try {
      if (this.waiting.some(({ message }) => writesData(message.request))) this.server.storage.write(work);
      else work();
    } catch (error) {
      this.server.catalog.load();
      const failed = failure(error);
      replies.length = 0;
      for (const waiting of this.waiting.slice(0, taken)) replies.push([waiting, failed]);
    }
    this.waiting = this.waiting.slice(taken);
    for (const [{ socket, message }, reply] of replies) if (!message.silent) send(socket, replyTo(message, reply));
  }

  private answer(request: Request): Reply {
    try {
      checkRequest(request);
      const command = commandOf(request.name);
      if (!command) throw new CommandError(59, `no such command: '${request.name}'`);
      const { taken } = this.server;
      taken.set(request.name, (taken.get(request.name) ?? 0) + 1);
      return command(this.server, request);
    } catch (error) {
      if (error instanceof StorageError) throw error;
      return failure(error);
    }
  }

  private keepHouse(): void {
    const { cursors, catalog, storage } = this.server;
    cursors.endIdle();
    try {
      removeExpired(this.server);
      if (catalog.hasGarbage) storage.write(() => catalog.sweep());
    } catch (error) {
      catalog.load();
      process.stderr.write(`housekeeping failed: ${toCommandError(error).message}\n`);
    }
  }
}

function failure(error: unknown): Reply {
  const { code, codeName, message, extra } = toCommandError(error);
  return { ok: 0, code, codeName, errmsg: message, ...extra };
}

function checkRequest({ body }: Request): void {
  if (body.startTransaction !== undefined || body.autocommit !== undefined || body.txnNumber !== undefined) {
    throw new Refused("A transaction", 20);
  }
}

function send(socket: Socket, bytes: Buffer): void {
  if (socket.destroyed) return;
  socket.write(bytes);
  if (socket.writableLength > UNSENT_BYTES_MAX) socket.destroy();
}
