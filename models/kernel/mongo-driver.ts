/**
 * MongoDB's driver (7.8 and before) waits for "drain" before it reads an answer where a write gave false. A socket that
 * was destroyed gives false and never drains: when all connections are cut at once, as when a server is killed, a
 * command that is sent between a socket's destruction and its "close" waits for ever. Where that is the monitor's, the
 * process never finds the server again. So whoever waits to write to a connection that is gone is woken: the driver
 * looks then, sees the connection's error, and throws it.
 */
import { createRequire } from "node:module";

interface Connection {
  readonly socket: NodeJS.EventEmitter;
  cleanup(error: Error): void;
}

interface ConnectionModule {
  readonly Connection: { readonly prototype: Connection };
}

const mended = new WeakSet<object>();

/** Once for each copy of the driver; mongoose has one of its own. */
export function mendDriver(): void {
  const driver = createRequire(require.resolve("mongoose"));
  const { prototype } = (driver("mongodb/lib/cmap/connection") as ConnectionModule).Connection;
  if (mended.has(prototype)) return;
  mended.add(prototype);
  const cleanup = Reflect.get<Connection, "cleanup">(prototype, "cleanup");
  prototype.cleanup = function (this: Connection, error: Error): void {
    cleanup.call(this, error);
    // what was about to write in this turn of the event loop waits by then
    setImmediate(() => this.socket.emit("drain"));
  };
}
