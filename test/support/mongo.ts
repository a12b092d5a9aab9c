/**
 * A MongoDB for tests: the one at MONGODB_URL when that is set, a real mongod when MONGOMS_* asks for one, otherwise
 * the embedded server, driven by mongodb-memory-server in mongod's place.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { MongoMemoryServer } from "mongodb-memory-server";

export type TestMongo = { url: string; stop(): Promise<void> };

const root = path.resolve(__dirname, __dirname.includes(`${path.sep}dist${path.sep}`) ? "../../.." : "../..");
const standIn = path.join(root, "embedded/mongo/mongod");
const built = path.join(root, "dist/embedded/mongo/main.js");

const asksForMongod = (): boolean =>
  Object.keys(process.env).some((name) => /^MONGOMS_(VERSION|SYSTEM_BINARY|DOWNLOAD_URL|ARCHIVE_NAME)$/.test(name));

/** One server with a folder of its own; `stop` ends it and removes the folder. */
export async function startTestMongo(): Promise<TestMongo> {
  const given = process.env.MONGODB_URL;
  if (given) return { url: given, stop: () => Promise.resolve() };
  if (asksForMongod()) return running(await MongoMemoryServer.create());
  if (!existsSync(built)) throw new Error(`${built} is missing: run "npm run build" before the tests.`);
  const binary = { systemBinary: standIn, version: "7.0.14" };
  return running(await MongoMemoryServer.create({ binary, instance: { ip: "127.0.0.1" } }));
}

function running(server: MongoMemoryServer): TestMongo {
  return {
    url: server.getUri().replace(/\/$/, ""),
    stop: async () => {
      await server.stop();
    },
  };
}
