// What the bootstrap's commands run, one after the other, and where several stand in a list of their own, those beside
// each other: the first that fails ends the row.
import path from "node:path";
import { pathToFileURL } from "node:url";

export const KINDS = ["unit", "contract", "integration", "system", "timed", "types", "architecture"];
const JEST_KINDS = KINDS.filter((kind) => kind !== "types");
/** Their limits are those of a person's machine: nothing runs beside them. */
const TIMED = "timed";
/** Kinds whose tests start backing services. */
const SERVED_KINDS = ["contract", "integration", "system", "timed"];

export const USAGE = `usage: node bin/bootstrap.mjs COMMAND [ARGUMENT...]
  start    start the mall           (npm start)
  cli      the command line         (npm run stoa -- ...)
  test     all tests, or one kind   (npm test -- ${KINDS.join("|")} [jest arguments])
  bench    benchmarks               (npm run bench -- ...)
  simulate the kernel under faults  (npm run simulate -- --seeds 10000)
  chaos    real processes killed    (npm run chaos -- --rounds 50)
  fuzz     whatever can be asked    (npm run fuzz -- --requests 20000 --seed 1)
  tour     the mall's story         (npm run tour)
  verify   format, lint, types, all tests, build`;

/**
 * Without a limit the engine takes what the machine has. A mall that reaches this one ends, and starts again from its
 * histories; a larger mall raises it by NODE_OPTIONS, which then counts alone. What is young has its whole room from
 * the beginning: growing into it cost a start a tenth of its time. What is old is collected when it has grown by 15 %,
 * not by a half: an import's process is 20 MB smaller for it, and takes no longer.
 */
const HEAP = /--max-old-space-size/.test(process.env.NODE_OPTIONS ?? "")
  ? []
  : ["--max-old-space-size=320", "--min-semi-space-size=16", "--max-semi-space-size=16", "--heap-growing-percent=15"];
/**
 * glibc keeps what threads gave back in pools of each: a third of a mall's memory after an import (575 MB, 463 with
 * these). Whoever sets one of them decides; other systems pass them over.
 */
export const MEMORY = { MALLOC_ARENA_MAX: "2", MALLOC_TRIM_THRESHOLD_: "131072", MALLOC_MMAP_THRESHOLD_: "131072" };
const withParent = (root) => ["--import", pathToFileURL(path.join(root, "bin/bootstrap/with-parent.mjs")).href];
const program = (root, name) => path.join(root, "node_modules", ".bin", name);

const bounded = ([program, args]) => [program, [...HEAP, ...args]];

/** A step, or several, as a list of steps. */
export const together = (step) => (Array.isArray(step[0]) ? step : [step]);

/** The programs to run for a command, as [what a person calls it, program, arguments]; undefined for no command. */
export function stepsOf(root, command, args) {
  const built = (file, ...rest) => [process.execPath, [...withParent(root), path.join(root, "dist", file), ...rest]];
  switch (command) {
    case "start":
      return [["the mall", ...bounded(built("bin/stoa.js", "start", ...args))]];
    case "cli":
      return [["stoa", ...built("bin/stoa.js", ...args)]];
    case "bench":
      return [["benchmarks", ...built("test/bench/main.js", ...args)]];
    case "simulate":
      return [["the simulator", ...built("test/system/simulator/main.js", ...args)]];
    case "chaos":
      return [["the chaos", ...built("test/system/chaos/main.js", ...args)]];
    case "fuzz":
      return [["the fuzz", ...built("test/bench/fuzz/main.js", ...args)]];
    case "tour":
      return [["the tour", ...built("bin/stoa.js", "tour", ...args)]];
    case "test":
      return testSteps(root, args);
    case "verify":
      return [
        ["format", program(root, "prettier"), ["--check", "."]],
        ["lint", program(root, "eslint"), ["."]],
        ["known weaknesses", process.execPath, [path.join(root, "bin/bootstrap/audit.mjs")]],
        ...testSteps(root, []),
      ];
    default:
      return undefined;
  }
}

export function testSteps(root, args) {
  const given = args.filter((arg) => arg !== "--yes");
  const [first, ...rest] = given;
  const kind = KINDS.includes(first) ? first : undefined;
  const types = [
    ["types", program(root, "tsc"), ["--noEmit"]],
    ["types of the console", program(root, "tsc"), ["--noEmit", "-p", "console"]],
  ];
  if (kind === "types") return types;
  const jest = (name, kinds, ...more) => [
    name,
    program(root, "jest"),
    ["--selectProjects", ...kinds, ...flagged(kind ? rest : given), ...more],
  ];
  const yes = args.includes("--yes") ? ["--yes"] : [];
  const prepare = ["what the tests need", process.execPath, [path.join(root, "dist/bin/system/prepare.js"), ...yes]];
  if (given.length > 0) {
    const kinds = kind === undefined ? JEST_KINDS : [kind];
    const alone = kind === TIMED ? ["--runInBand"] : [];
    return [...(kinds.some((each) => SERVED_KINDS.includes(each)) ? [prepare] : []), jest("tests", kinds, ...alone)];
  }
  // a kind or a path asks for those tests; without either everything is checked
  const beside = JEST_KINDS.filter((each) => each !== TIMED);
  return [[...types, prepare], jest("tests", beside), jest("tests with a watch, alone", [TIMED], "--runInBand")];
}

/** jest takes every plain word after --selectProjects for a project: paths are given behind an option of their own. */
function flagged(args) {
  const paths = args.filter((arg) => !arg.startsWith("-"));
  const options = args.filter((arg) => arg.startsWith("-"));
  return paths.length === 0 ? options : [...options, "--testPathPatterns", ...paths];
}
