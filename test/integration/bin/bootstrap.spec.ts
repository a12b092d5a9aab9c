import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, mkdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { eventually } from "../../support/eventually";

const parts = path.resolve(__dirname, "../../../bin/bootstrap");

interface Ran {
  readonly code: number | null;
  readonly said: string;
}

/** Runs a piece of the bootstrap in a process of its own, as it always runs. */
function start(script: string, args: string[] = []): ChildProcess & { ran: Promise<Ran> } {
  const argv = ["--input-type=module", "-e", script, ...args];
  const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
  const ran = new Promise<Ran>((resolve) => child.on("close", (code) => resolve({ code, said })));
  return Object.assign(child, { ran });
}

const imported = (file: string) => JSON.stringify(path.join(parts, file));

describe("dependencies", () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "stoa-clone-"));
    await lock("1.0.0");
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  /** A project whose one dependency lies within it: `npm ci` runs in earnest, and needs no network. */
  async function lock(version: string): Promise<void> {
    const project = { name: "clone", version, dependencies: { leaf: "file:leaf" } };
    const leaf = { name: "leaf", version: "1.0.0" };
    const packages = { "": project, leaf, "node_modules/leaf": { resolved: "leaf", link: true } };
    const text = JSON.stringify({ name: "clone", version, lockfileVersion: 3, requires: true, packages });
    await mkdir(path.join(root, "leaf"), { recursive: true });
    await writeFile(path.join(root, "leaf", "package.json"), JSON.stringify(leaf));
    await writeFile(path.join(root, "package.json"), JSON.stringify(project));
    await writeFile(path.join(root, "package-lock.json"), text);
  }

  const provide = () =>
    start(
      `import { provideDependencies, stateOf } from ${imported("dependencies.mjs")};
       const root = process.argv[1];
       await provideDependencies(root, (line) => console.log(line));
       console.log("now " + stateOf(root));`,
      [root],
    ).ran;

  it("are installed when missing, left alone when fresh, installed again when the lock has changed", async () => {
    expect((await provide()).said).toMatch(/installing dependencies \(npm ci\)[^]*now fresh/);
    expect((await provide()).said).toBe("now fresh\n");
    await lock("1.0.1");
    expect((await provide()).said).toMatch(/package-lock.json has changed: npm ci[^]*now fresh/);
  });

  it("are installed by one process at a time", async () => {
    const both = await Promise.all([provide(), provide()]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both.filter(({ said }) => said.includes("installing dependencies"))).toHaveLength(1);
  });

  it("that are a link are used as they are", async () => {
    const elsewhere = await mkdtemp(path.join(tmpdir(), "stoa-modules-"));
    await symlink(elsewhere, path.join(root, "node_modules"));
    expect((await provide()).said).toBe("node_modules is a link: used as it is\nnow linked\n");
    await rm(elsewhere, { recursive: true });
  });

  it("are installed past the lock of a process that died", async () => {
    const folder = path.join(root, "lock");
    await mkdir(folder);
    const longAgo = new Date(Date.now() - 120_000);
    await utimes(folder, longAgo, longAgo);
    const script = `import { alone } from ${imported("dependencies.mjs")};
      await alone(process.argv[1], console.log, async () => console.log("did it"));`;
    expect((await start(script, [folder]).ran).said).toBe("did it\n");
    await expect(stat(folder)).rejects.toThrow("ENOENT");
  });
});

describe("the program that is handed over to", () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "stoa-child-"));
    file = path.join(folder, "said");
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Runs a program under the bootstrap's runChild; it writes its pid, then every signal that it hears. */
  function handOver(program: string) {
    const script = `import { runChild } from ${imported("child.mjs")};
      const args = ["--import", ${imported("with-parent.mjs")}, "-e", process.argv[1], process.argv[2]];
      process.exitCode = await runChild(process.execPath, args);`;
    return start(script, [program, file]);
  }

  const said = () => readFile(file, "utf8").catch(() => "");
  const waits = `const fs = require("node:fs"); const file = process.argv[1];
    fs.writeFileSync(file, process.pid + "\\n"); setInterval(() => undefined, 1_000);
    process.on("SIGTERM", () => { fs.appendFileSync(file, "SIGTERM\\n"); process.exit(7); });`;

  it("decides the exit code", async () => {
    expect((await handOver("process.exit(42)").ran).code).toBe(42);
  });

  it("ends by itself, without being held by the channel to its parent", async () => {
    expect((await handOver("1").ran).code).toBe(0);
  });

  it("hears the signals that are sent to the bootstrap, and is waited for", async () => {
    const bootstrap = handOver(waits);
    await eventually("the program to run", async () => (await said()) !== "");
    bootstrap.kill("SIGTERM");
    expect((await bootstrap.ran).code).toBe(7);
    expect(await said()).toMatch(/^\d+\nSIGTERM\n$/);
  });

  it("is told to end when the bootstrap is killed", async () => {
    const bootstrap = handOver(waits);
    await eventually("the program to run", async () => (await said()) !== "");
    bootstrap.kill("SIGKILL");
    await eventually("the program to be told", async () => (await said()).endsWith("SIGTERM\n"));
  });
});
