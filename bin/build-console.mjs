// Bundles console/ into dist/console: files named by their content, split by area, and compressed once, here, so that
// the gateway answers from memory. Done again only when something that it is made of is newer than what was built.
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)];

/** What it is made of; of what the mall knows it runs the words of what is pushed. */
const TAKEN = ["console", "client", "models/live"];

async function newestIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const times = entries
    .filter((entry) => entry.isFile())
    .map((entry) => stat(path.join(entry.parentPath ?? entry.path, entry.name)).then(({ mtimeMs }) => mtimeMs));
  return Math.max(0, ...(await Promise.all(times)));
}

const builtAt = (file) =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

const options = (root, outdir) => ({
  absWorkingDir: root,
  entryPoints: { console: "console/main.tsx", boot: "console/boot.ts", style: "console/style/index.css" },
  outdir,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
  entryNames: "[name]-[hash]",
  chunkNames: "part-[hash]",
  tsconfig: path.join(root, "console/tsconfig.json"),
});

/** What the first page needs is asked for at once, and not when the file that imports it has been read. */
function pageOf(template, { outputs }) {
  const byEntry = new Map(Object.entries(outputs).map(([file, output]) => [output.entryPoint, { file, output }]));
  const url = (file) => `/console/${path.basename(file)}`;
  const main = byEntry.get("console/main.tsx");
  const early = main.output.imports.filter(({ kind }) => kind === "import-statement").map(({ path: file }) => file);
  const preload = early.map((file) => `<link rel="modulepreload" href="${url(file)}" />`).join("");
  return template
    .replace("{{boot}}", url(byEntry.get("console/boot.ts").file))
    .replace("{{style}}", url(byEntry.get("console/style/index.css").file))
    .replace("{{preload}}", preload)
    .replace("{{main}}", url(main.file));
}

async function compress(folder) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const bytes = await readFile(file);
    await writeFile(`${file}.br`, await brotli(bytes, { params }));
    await writeFile(`${file}.gz`, await zip(bytes, { level: 9 }));
  }
}

/** @returns 1 when it was built, 0 when nothing had changed */
export async function buildConsole(root) {
  const [source, target] = [path.join(root, "console"), path.join(root, "dist/console")];
  const newest = await Promise.all(TAKEN.map((folder) => newestIn(path.join(root, folder))));
  if ((await builtAt(path.join(target, "index.html"))) > Math.max(...newest)) return 0;
  // aside until it is whole: whoever starts meanwhile finds the old one
  const aside = `${target}.${process.pid}`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  // imported only now: most starts have nothing to bundle
  const { build } = await import("esbuild");
  const { metafile } = await build(options(root, aside));
  const template = await readFile(path.join(source, "index.html"), "utf8");
  await writeFile(path.join(aside, "index.html"), pageOf(template, metafile));
  await compress(aside);
  await rm(target, { recursive: true, force: true });
  await rename(aside, target);
  return 1;
}
