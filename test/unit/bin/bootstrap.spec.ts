import { execFileSync } from "node:child_process";
import path from "node:path";

const root = path.resolve(__dirname, "../../..");

/** The bootstrap is plain ES modules, which jest does not load: it is asked in a process of its own. */
function ask(file: string, expression: string): unknown {
  const script = `import * as m from ${JSON.stringify(path.join(root, "bin/bootstrap", file))};
    process.stdout.write(JSON.stringify(${expression}) ?? "null");`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }));
}

describe("the Node that will do", () => {
  const answers = ask(
    "node-version.mjs",
    `["18.20.0", "20.18.3", "20.19.0", "22.1.0", "24.0.0"].map((v) => m.tooOld(v) ?? "fine")`,
  ) as string[];

  it("is 20.19 or later", () => {
    expect(answers.slice(2)).toEqual(["fine", "fine", "fine"]);
  });

  it("is told with what to do where it is older", () => {
    expect(answers[0]).toContain("needs Node 20.19 or later, and this is 18.20.0");
    expect(answers[1]).toContain("this is 20.18.3");
  });
});

describe("what `test` runs", () => {
  const names = (args: string[]) =>
    ask(
      "commands.mjs",
      `m.testSteps("/p", ${JSON.stringify(args)}).flatMap(m.together).map(([name, , args]) => [name, ...args])`,
    ) as string[][];

  it("is everything when nothing is named, the cheap checks first", () => {
    expect(names([]).map(([name]) => name)).toEqual([
      "types",
      "types of the console",
      "what the tests need",
      "tests",
      "tests with a watch, alone",
    ]);
  });

  it("checks types beside what is prepared, for neither keeps both processors busy", () => {
    const groups = ask("commands.mjs", `m.testSteps("/p", []).map((step) => m.together(step).length)`);
    expect(groups).toEqual([3, 1, 1]);
  });

  it("leaves what has a time limit for the end, one at a time", () => {
    const [tests, timed] = names([]).slice(-2);
    expect(tests).toEqual(expect.not.arrayContaining(["timed"]));
    expect(timed).toEqual(["tests with a watch, alone", "--selectProjects", "timed", "--runInBand"]);
    expect(names(["timed"])[1]).toEqual(["tests", "--selectProjects", "timed", "--runInBand"]);
  });

  it("is one kind, which starts no service where it needs none", () => {
    expect(names(["unit"])).toEqual([["tests", "--selectProjects", "unit"]]);
    expect(names(["types"])).toEqual([
      ["types", "--noEmit"],
      ["types of the console", "--noEmit", "-p", "console"],
    ]);
  });

  it("passes paths and options on to jest", () => {
    expect(names(["integration", "embedded/nats", "--bail"])[1]).toEqual([
      "tests",
      "--selectProjects",
      "integration",
      "--bail",
      "--testPathPatterns",
      "embedded/nats",
    ]);
  });
});
