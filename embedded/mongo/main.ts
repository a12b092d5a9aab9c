/**
 * The server as a program: `node main.js --port N --dbpath DIR --bind_ip 127.0.0.1 [--with-parent]`.
 * Prints `ready 127.0.0.1:PORT` when it takes connections; what it cannot do it says in a sentence and exits with 1.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { VERSION } from "./commands-admin";
import { holdFolder } from "./folder-lock";
import { MongoServer } from "./server";

function options() {
  const { values } = parseArgs({
    strict: false,
    options: {
      port: { type: "string" },
      dbpath: { type: "string" },
      bind_ip: { type: "string" },
      version: { type: "boolean" },
      "with-parent": { type: "boolean" },
    },
  });
  const text = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);
  return {
    port: Number(text(values.port, "27017")),
    folder: path.resolve(text(values.dbpath, "data/mongo")),
    host: text(values.bind_ip, "127.0.0.1").split(",")[0] ?? "127.0.0.1",
    version: values.version === true,
    withParent: values["with-parent"] === true,
  };
}

function sentence(error: unknown, port: number): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return `Port ${port} is taken by another program. Choose another --port, or 0 for any.`;
  if (code === "ENOSPC") return "The disk is full. Make room and start again; nothing acknowledged is lost.";
  if (code === "EACCES") return `The data folder or port ${port} may not be used by this user: ${message}`;
  return message;
}

async function main(): Promise<void> {
  const { port, folder, host, version, withParent } = options();
  if (version) {
    console.log(`db version v${VERSION}`);
    return;
  }
  try {
    if (host !== "127.0.0.1" && host !== "localhost" && host !== "::1") {
      throw new Error(`The embedded MongoDB knows no passwords and listens on this machine only, not on ${host}.`);
    }
    mkdirSync(folder, { recursive: true });
    const release = holdFolder(folder);
    const server = new MongoServer(folder);
    const bound = await server.listen(port, host);
    let stopping = false; // a parent asks twice: it closes the pipe and sends the signal
    const stop = (): void => {
      if (stopping) return;
      stopping = true;
      void server.close().then(() => {
        release();
        process.exit(0);
      });
    };
    process.on("SIGTERM", stop).on("SIGINT", stop);
    if (withParent) process.stdin.on("end", stop).on("error", stop).resume();
    console.log(`ready ${host}:${bound}`);
    if (!withParent) console.log("waiting for connections"); // what mongodb-memory-server listens for
  } catch (error) {
    console.error(`failed ${sentence(error, port)}`);
    process.exit(1);
  }
}

void main();
