// Makes the package of client/ in dist/stoa-client, ready to be published: one file for each way of importing, and
// types. Only when something that it is made of is newer, and in another folder where one is named. Whether the types
// are right is asked by `npm run types`.
import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const WORDS = ["models/live/live.contract.ts", "models/live/live.cells.contract.ts"];
const AS_THEY_ARE = ["package.json", "README.md"];
const FORMATS = { "index.mjs": "esm", "index.cjs": "cjs" };

async function partsOf(root) {
  const names = await readdir(path.join(root, "client"));
  const own = names.filter((name) => name.endsWith(".ts") && !name.endsWith(".example.ts"));
  return [...own.map((name) => `client/${name}`), ...WORDS];
}

const changedAt = (file) =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

async function writeTypes(root, target, parts) {
  const { default: ts } = await import("typescript");
  const options = {
    ...{ declaration: true, emitDeclarationOnly: true, noCheck: true, rootDir: root, outDir: target, types: [] },
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16 },
  };
  const files = parts.map((part) => path.join(root, part));
  const { emitSkipped, diagnostics } = ts.createProgram(files, options).emit();
  const [fault] = diagnostics;
  if (fault || emitSkipped) throw new Error(ts.flattenDiagnosticMessageText(fault?.messageText ?? "no types", "\n"));
}

/** @returns 1 when it was built, 0 when nothing had changed */
export async function buildClient(root, target = path.join(root, "dist/stoa-client")) {
  const parts = await partsOf(root);
  const made = [...parts, ...AS_THEY_ARE.map((name) => `client/${name}`), "bin/build-client.mjs"];
  const newest = Math.max(...(await Promise.all(made.map((part) => changedAt(path.join(root, part))))));
  if ((await changedAt(path.join(target, "index.cjs"))) > newest) return 0;
  await rm(target, { recursive: true, force: true });
  await writeTypes(root, target, parts);
  const { build } = await import("esbuild");
  for (const [name, format] of Object.entries(FORMATS)) {
    await build({
      ...{ absWorkingDir: root, entryPoints: ["client/index.ts"], outfile: path.join(target, name), format },
      ...{ bundle: true, target: "es2022", external: ["socket.io-client"], logLevel: "warning" },
    });
  }
  for (const name of AS_THEY_ARE) await copyFile(path.join(root, "client", name), path.join(target, name));
  return 1;
}

const [, program, folder] = process.argv;
if (program === fileURLToPath(import.meta.url)) {
  await buildClient(path.dirname(path.dirname(program)), folder && path.resolve(folder));
}
