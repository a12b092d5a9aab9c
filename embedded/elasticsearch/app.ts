// Compiles the launcher and prepares its start, once per version of the sources and of the JDK: launcher.jar, and the
// archive that makes every later start and its first searches faster, made by a first start that also proves the build.
// Each file is made elsewhere and gets its name only when complete, so a killed build leaves nothing half.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { startService } from "../service";
import { archiveFor, untold } from "./archive";
import { lockOf, provideJars, type JarsRequest } from "./jars";
import { HEAP_MB, isNoise, launcherSpec } from "./java";
import type { Jdk } from "./jdk";
import { exercise } from "./exercise";
import { workFolder } from "./work-folder";

const run = promisify(execFile);

/** The machine writes down what it saw when it ends: some seconds at rest. */
const WATCHED_STOP_WITHIN_MS = 180_000;
const COMPILE_WITHIN_MS = 120_000;

export interface App {
  /** Every jar, the launcher's first, in a fixed order: the archive of classes fits only the order it was made with. */
  readonly classPath: readonly string[];
  readonly archive: string;
}

export interface AppRequest extends Omit<JarsRequest, "javaHome"> {
  readonly jdk: Jdk;
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

/** The built launcher and its jars, from the cache or made now. */
export async function provideApp(request: AppRequest): Promise<App> {
  const jarsDir = await provideJars({ ...request, javaHome: request.jdk.home });
  const room = path.join(request.cacheDir, "elasticsearch");
  const appDir = path.join(room, `app-${await keyOf(request)}`);
  const jars = (await lockOf(request.sourceDir)).map((jar) => path.join(jarsDir, jar.name));
  const launcher = path.join(appDir, "launcher.jar");
  const app = { classPath: [launcher, ...jars], archive: path.join(appDir, archiveFor(request.jdk).name) };
  if ((await exists(launcher)) && (await exists(app.archive))) return app;
  await mkdir(appDir, { recursive: true });
  const work = await workFolder(room);
  try {
    request.log("building the search server's launcher (once, about 10 s)");
    if (!(await exists(launcher))) await compile({ work, launcher, jars }, request);
    request.log("showing it what it will have to do, so that it starts fast and is warm soon (once, 30 to 60 s)");
    await writeArchive(app, work, request);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return app;
}

async function sources(folder: string): Promise<string[]> {
  const entries = await readdir(path.join(folder, "src"), { recursive: true });
  const java = entries.filter((entry) => entry.endsWith(".java"));
  return java.sort().map((entry) => path.join(folder, "src", entry));
}

/** What the built files depend on, beside the JDK and the launcher's sources. */
const DEPENDED_ON = ["jars.lock", "java.ts", "archive.ts", "exercise.ts", "exercise-index.ts", "exercise-questions.ts"];

async function keyOf(request: AppRequest): Promise<string> {
  const hash = createHash("sha256").update(request.jdk.version);
  const others = DEPENDED_ON.map((name) => path.join(request.sourceDir, name));
  const files = [...(await sources(request.sourceDir)), ...others];
  for (const file of files) hash.update(path.basename(file)).update(await readFile(file));
  return hash.digest("hex").slice(0, 12);
}

interface Compilation {
  readonly work: string;
  readonly launcher: string;
  readonly jars: readonly string[];
}

async function compile({ work, launcher, jars }: Compilation, request: AppRequest): Promise<void> {
  const tool = (name: string) => path.join(request.jdk.home, "bin", name);
  const classes = path.join(work, "classes");
  const options = ["--release", "21", "-proc:none", "-nowarn", "-Xlint:none", "-d", classes];
  const limit = { timeout: COMPILE_WITHIN_MS, maxBuffer: 1 << 22 };
  const classPath = jars.join(path.delimiter);
  await run(tool("javac"), [...options, "-cp", classPath, ...(await sources(request.sourceDir))], limit);
  const jar = path.join(work, "launcher.jar");
  await run(tool("jar"), ["--create", "--file", jar, "-C", classes, "."], limit);
  await rename(jar, launcher);
}

async function writeArchive(app: App, work: string, request: AppRequest): Promise<void> {
  const archive = archiveFor(request.jdk);
  const [seen, made] = [path.join(work, "seen"), path.join(work, archive.name)];
  const service = await startService(
    launcherSpec({
      jdk: request.jdk,
      classPath: app.classPath,
      homeDir: path.join(work, "home"),
      heapMb: HEAP_MB,
      archive: archive.watching(seen),
      env: untold(process.env),
      stopWithinMs: WATCHED_STOP_WITHIN_MS,
      log: (line) => (isNoise(line) ? undefined : request.log(line)),
    }),
  );
  try {
    await exercise(service.url);
  } finally {
    await service.stop();
  }
  try {
    await archive.assemble(seen, made, app.classPath);
    await rename(made, app.archive);
  } catch (fault) {
    // the server runs without it, and the next start tries again
    const why = fault instanceof Error ? (fault.message.split("\n")[0] ?? "") : "";
    request.log(`the search server will start slowly, for its start could not be prepared: ${why}`);
  }
}
