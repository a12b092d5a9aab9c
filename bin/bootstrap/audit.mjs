// Asks the registry for known weaknesses of what the mall runs on (`npm audit`), as a step of `npm run verify`. A high
// or critical one ends it with 1; a registry that does not answer such questions is told, and held against nobody.
import { spawnSync } from "node:child_process";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const TIMEOUT_MS = 60_000;
const BAD = ["high", "critical"];

/** npm writes JSON whatever the registry says; null where it was stopped, or wrote something else. */
function answer() {
  const { stdout } = spawnSync(npm, ["audit", "--omit=dev", "--json"], { encoding: "utf8", timeout: TIMEOUT_MS });
  try {
    return JSON.parse(stdout);
  } catch {
    return null;
  }
}

const found = answer();
if (!found?.vulnerabilities) {
  console.error(`The registry did not say which weaknesses are known: ${found?.message ?? "no answer"}.`);
} else {
  const bad = Object.values(found.vulnerabilities).filter(({ severity }) => BAD.includes(severity));
  for (const { name, severity, range } of bad) console.error(`${name} ${range} has a ${severity} weakness`);
  if (bad.length > 0) console.error("Run `npm audit` for what to do: mostly a newer version in package.json.");
  process.exitCode = bad.length > 0 ? 1 : 0;
}
