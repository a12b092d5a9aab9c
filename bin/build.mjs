// Builds the TypeScript tree to dist/, one file for one file (swc), and only what changed since the last build.
// Types are checked by `npm run types`; a start must not wait for that.
import { transformFile } from "@swc/core";
import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildClient } from "./build-client.mjs";
import { buildConsole } from "./build-console.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const rooms = [
  "bin",
  "client",
  "embedded",
  "indexers",
  "kibana",
  "ml",
  "models",
  "services",
  "test/bench",
  "test/support",
  "test/system",
];
/** Packages that are loaded when they are first used, not when they are named: a start, and most malls, need none. */
const WHEN_USED = [
  ...["joi", "stripe", "nodemailer", "openid-client", "ioredis", "otpauth", "rfc6902"],
  ...["csv-parse", "csv-parse/sync", "csv-stringify/sync", "@tensorflow/tfjs-core", "@tensorflow/tfjs-layers"],
];
const options = {
  jsc: { target: "es2022", parser: { syntax: "typescript" } },
  module: { type: "commonjs", lazy: WHEN_USED },
  // in files of their own: within, they would be two thirds of what every process reads and keeps
  sourceMaps: true,
};

async function sources() {
  const found = ["moleculer.config.ts"];
  for (const room of rooms) {
    const entries = await readdir(path.join(root, room), { recursive: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.endsWith(".ts") && !entry.endsWith(".spec.ts")) found.push(path.join(room, entry));
    }
  }
  return found;
}

const changedAt = (file) =>
  stat(file).then(
    (s) => s.mtimeMs,
    () => 0,
  );

async function buildOne(file) {
  const from = path.join(root, file);
  const to = path.join(root, "dist", file.replace(/\.ts$/, ".js"));
  const [made, ...since] = await Promise.all([to, from, fileURLToPath(import.meta.url)].map(changedAt));
  if (made > Math.max(...since)) return 0;
  const { code, map } = await transformFile(from, options);
  await mkdir(path.dirname(to), { recursive: true });
  // the file that is looked at comes last: a build that was cut is made again
  await writeFile(`${to}.map`, map);
  await writeFile(to, `${code}\n//# sourceMappingURL=${path.basename(to)}.map\n`);
  return 1;
}

/** A source that is gone must not live on as a stale module. */
async function removeStale(files) {
  const wanted = new Set(files.map((file) => file.replace(/\.ts$/, ".js")));
  const built = await readdir(path.join(root, "dist"), { recursive: true }).catch(() => []);
  for (const file of built) {
    const bundled = file.startsWith("console");
    const made = file.replace(/\.map$/, "");
    if (made.endsWith(".js") && !bundled && !wanted.has(made)) await rm(path.join(root, "dist", file));
  }
}

export async function build() {
  const files = await sources();
  await removeStale(files);
  const built = await Promise.all([...files.map(buildOne), buildConsole(root)]);
  return built.reduce((sum, n) => sum + n, 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // the package is for others: a start does not wait for it
  const count = (await build()) + (await buildClient(root));
  console.log(`built ${count} file${count === 1 ? "" : "s"} into dist/`);
}
