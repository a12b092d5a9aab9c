/** A fixed address in front of a server that comes back on another port each time it is started. */
import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";

export interface Door {
  readonly port: number;
  /** Where connections lead from now on; those that stand are cut. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

export async function openDoor(): Promise<Door> {
  const open = new Set<Socket>();
  let target = 0;
  const server = createServer((from) => {
    const to = createConnection({ host: "127.0.0.1", port: target });
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.pipe(other);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
    }
  });
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    leadTo(port) {
      target = port;
      cut();
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
