/** A bare Socket.IO server with the gateway's transport and rooms, that tells what it is given as fast as it can. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readFile } from "node:fs/promises";
import { Server } from "socket.io";
import { LIVE_PATH, liveWidgets, type Delta, type WatchAsk } from "../../../models/live/live.contract";
import { serve } from "./alone";

const server = createServer();
const io = new Server(server, {
  path: LIVE_PATH,
  transports: ["websocket"],
  serveClient: false,
  perMessageDeflate: false,
});
const space = io.of("/seller");
/** Deltas of one turn of the event loop: about what one read of the stream brings a gateway. */
const AT_ONCE = 100;

space.on("connection", (socket) => {
  socket.on("watch", ({ id }: WatchAsk, ack: (answer: object) => void) => {
    void socket.join(id);
    // each widget begins empty: what follows is all there is
    const told = Object.keys(liveWidgets.seller).map((widget) => ({
      ...{ kind: "snapshot", board: "seller", id, widget, stream: "bare", number: 0, since: "2026-01-01", cells: {} },
    }));
    ack({ ok: true, told });
  });
});

serve({
  async open() {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  },
  async tell({ file }: { file: string }) {
    const deltas = JSON.parse(await readFile(file, "utf8")) as Delta[];
    for (let at = 0; at < deltas.length; at += AT_ONCE) {
      for (const delta of deltas.slice(at, at + AT_ONCE)) space.to(delta.id).emit("delta", delta);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return null;
  },
});
