// The first thing that runs, on nothing but Node: sees to dependencies and the build, then hands over to the program
// that was asked for. `npm start` and `npm test` come here, so that a fresh clone needs no other step.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runChild } from "./bootstrap/child.mjs";
import { MEMORY, stepsOf, together, USAGE } from "./bootstrap/commands.mjs";
import { provideDependencies } from "./bootstrap/dependencies.mjs";
import { tooOld } from "./bootstrap/node-version.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const say = (line) => console.error(`stoa: ${line}`);

async function main([command, ...args]) {
  const old = tooOld(process.versions.node);
  if (old !== undefined) return fail(old);
  const steps = stepsOf(root, command, args);
  if (steps === undefined) return fail(USAGE);
  await provideDependencies(root, say);
  // imported only now: it needs what was just installed
  const { build } = await import("./build.mjs");
  const built = await build();
  if (built > 0) say(`built ${built} file${built === 1 ? "" : "s"}`);
  for (const step of steps) {
    const { name, code } = await failedIn(together(step));
    if (code === 0) continue;
    if (steps.length > 1) say(`stopped at: ${name}`);
    return code;
  }
  return 0;
}

/** Runs steps beside each other. Gives back the first that failed, when all have ended. */
async function failedIn(steps) {
  const options = { cwd: root, env: { ...MEMORY, ...process.env } };
  const run = async ([name, program, args]) => ({ name, code: await runChild(program, args, options) });
  const ended = await Promise.all(steps.map(run));
  return ended.find(({ code }) => code !== 0) ?? { name: "", code: 0 };
}

function fail(why) {
  say(why);
  return 2;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (fault) {
  say(fault instanceof Error ? fault.message : String(fault));
  process.exitCode = 1;
}
