// The package managers we know, and what may be done with them: root may install, and so may anybody who said --yes.
import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

export type ManagerName = "apt" | "brew" | "go";

export interface Installer {
  readonly manager: ManagerName;
  /** Commands in order; each is a program and its arguments. */
  readonly commands: readonly (readonly string[])[];
  /** Put before what the environment says, for every command. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Permission {
  readonly isRoot: boolean;
  /** --yes was given. */
  readonly yes: boolean;
}

const INSTALL_WITHIN_MS = 10 * 60_000;
const LISTS_WITHIN_MS = 2 * 60_000;

/** apt changes the system, so it takes root (or sudo, which asks itself, after --yes); go and brew are the user's. */
export function mayRun(manager: ManagerName, { isRoot, yes }: Permission): boolean {
  switch (manager) {
    case "apt":
      return isRoot || yes;
    case "go":
      return true;
    case "brew":
      return yes;
  }
}

/** One line per command as a person would type it. */
export function typed({ commands, env = {} }: Installer): string[] {
  const before = Object.entries(env).map(([name, value]) => `${name}=${value} `);
  return commands.map((command) => before.join("") + command.join(" "));
}

export const has = (program: string, args: readonly string[]) =>
  run(program, [...args], { timeout: 20_000 }).then(
    () => true,
    () => false,
  );

export const aptCommands = (packages: readonly string[], isRoot: boolean) => {
  const sudo = isRoot ? [] : ["sudo"];
  return [
    [...sudo, "apt-get", "update"],
    [...sudo, "apt-get", "install", "-y", "--no-install-recommends", ...packages],
  ];
};

async function listedByApt(packages: readonly string[]): Promise<string | undefined> {
  for (const name of packages) {
    const found = await run("apt-cache", ["policy", name], { timeout: 20_000 }).catch(() => ({ stdout: "" }));
    if (isOffered(found.stdout)) return name;
  }
  return undefined;
}

let refreshed = false;

/**
 * The first of the packages that apt offers here; undefined when it offers none (or there is no apt). A fresh machine
 * may have no lists of packages yet: who may, fetches them once.
 */
export async function offeredByApt(
  packages: readonly string[],
  { isRoot }: Pick<Permission, "isRoot">,
): Promise<string | undefined> {
  const listed = await listedByApt(packages);
  if (listed !== undefined || !isRoot || refreshed) return listed;
  refreshed = true;
  await run("apt-get", ["update"], { timeout: LISTS_WITHIN_MS }).catch(() => undefined);
  return listedByApt(packages);
}

/** Reads `apt-cache policy NAME`. */
export const isOffered = (policy: string) => /Candidate: (?!\(none\))\S+/.test(policy);

/** Runs the commands one after the other, telling each before; rejects with the first that fails. */
export async function install(installer: Installer, log: (line: string) => void): Promise<void> {
  for (const [at, [program = "", ...args]] of installer.commands.entries()) {
    log(`$ ${typed(installer)[at] ?? program}`);
    const code = await exitCode(program, args, { ...process.env, ...installer.env });
    if (code !== 0) throw new Error(`${program} ${args.join(" ")} failed (exit code ${code ?? "unknown"})`);
  }
}

function exitCode(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
  return new Promise((resolve) => {
    // what an installer writes is progress, and goes where progress goes
    const child = spawn(program, [...args], { stdio: ["inherit", 2, 2], env, timeout: INSTALL_WITHIN_MS });
    child.on("error", () => resolve(null));
    child.on("exit", (code) => resolve(code));
  });
}
