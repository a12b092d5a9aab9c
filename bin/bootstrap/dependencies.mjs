// Brings node_modules to what package-lock.json says, when it is missing or stale. One process at a time: two `npm ci`
// in one folder delete each other's files.
import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { runChild } from "./child.mjs";

const LOCK_STALE_MS = 60_000;
const LOCK_BEAT_MS = 10_000;
const LOCK_STEP_MS = 200;

/** "linked", "fresh", "missing" or "stale". */
export function stateOf(root) {
  const modules = path.join(root, "node_modules");
  const link = lstatSync(modules, { throwIfNoEntry: false });
  if (link === undefined) return "missing";
  if (link.isSymbolicLink()) return "linked";
  const stamp = path.join(modules, ".stoa-lock");
  if (existsSync(stamp)) return readFileSync(stamp, "utf8") === lockHash(root) ? "fresh" : "stale";
  return installedByNpm(root) ? "fresh" : "stale";
}

export const lockHash = (root) =>
  createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");

/** Without our stamp: npm's own note of what it installed, written after everything else, must not be older. */
function installedByNpm(root) {
  const note = statSync(path.join(root, "node_modules", ".package-lock.json"), { throwIfNoEntry: false });
  return note !== undefined && note.mtimeMs >= statSync(path.join(root, "package-lock.json")).mtimeMs;
}

export async function provideDependencies(root, say) {
  const state = stateOf(root);
  if (state === "linked") say("node_modules is a link: used as it is");
  if (state === "linked" || state === "fresh") return;
  await alone(lockFolder(root), say, async () => {
    // another process may have done it while this one waited
    const now = stateOf(root);
    if (now === "fresh") return;
    say(now === "missing" ? "installing dependencies (npm ci)" : "package-lock.json has changed: npm ci");
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    // what npm writes is progress; standard output belongs to the command that was asked for
    const code = await runChild(npm, ["ci", "--no-audit", "--no-fund"], { cwd: root, stdio: ["inherit", 2, 2] });
    if (code !== 0) throw new Error(failed(code));
    writeFileSync(path.join(root, "node_modules", ".stoa-lock"), lockHash(root));
  });
}

/** Outside of the folder: npm empties node_modules, and a checkout should not collect our litter. */
const lockFolder = (root) =>
  path.join(tmpdir(), `stoa-install-${createHash("sha256").update(root).digest("hex").slice(0, 12)}`);

const failed = (code) =>
  `npm ci failed (exit code ${code}); what it said is above. Without a network it cannot work the first time; ` +
  "with one, run the same command again: npm goes on with what it has already fetched.";

/** Runs the work while holding a lock folder. Its holder touches it; one not touched for a minute is a dead one's. */
export async function alone(lock, say, work) {
  let told = false;
  while (!take(lock)) {
    if (Date.now() - touchedAt(lock) > LOCK_STALE_MS) rmSync(lock, { recursive: true, force: true });
    else {
      if (!told) say(`waiting for another process that installs dependencies (it holds ${lock})`);
      told = true;
      await pause(LOCK_STEP_MS);
    }
  }
  const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), LOCK_BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock) {
  try {
    mkdirSync(lock);
    return true;
  } catch (fault) {
    if (fault.code === "EEXIST") return false;
    throw fault;
  }
}

const touchedAt = (lock) => statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
