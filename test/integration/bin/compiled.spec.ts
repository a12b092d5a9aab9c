import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const built = path.resolve(__dirname, "../../../dist/bin/compiled/compiled.js");

/** Loads a program's modules as `stoa start` does, and says what came of them and which of them Node itself read. */
const RUN = `
  const fs = require("node:fs");
  const { useCompiled, allLoaded } = require(${JSON.stringify(built)});
  const [root, folder] = process.argv.slice(1);
  const [readFileSync, read] = [fs.readFileSync, []];
  fs.readFileSync = (file, ...rest) => {
    if (String(file).startsWith(root)) read.push(require("node:path").relative(root, String(file)));
    return readFileSync(file, ...rest);
  };
  useCompiled({ program: "sample", root, folder });
  const answer = require(root + "/main.js");
  allLoaded().then(async () => console.log(JSON.stringify({ answer: await answer(), read })));
`;

const FILES: Readonly<Record<string, string>> = {
  "main.js": `#!/usr/bin/env node
    const near = require("./near"), installed = require("thing");
    const later = () => require("./" + "later").at;
    module.exports = async () => [near(), installed.name, later(), await require("./imports")()];`,
  "imports.js": `module.exports = async () => (await import("./new.mjs")).it;`,
  "near/index.js": `const { basename } = require("node:path");
    module.exports = () => "né " + basename(__dirname) + " → " + require("./data").n;`,
  "near/data.json": `{ "n": 7 }`,
  "later.js": `exports.at = require("node:path").basename(__filename) + module.id.length * 0;`,
  "new.mjs": `export const it = "new";`,
  "node_modules/thing/package.json": `{ "name": "thing", "main": "inside.js" }`,
  "node_modules/thing/inside.js": `exports.name = "a thing";`,
  "node_modules/.package-lock.json": `{ "lockfileVersion": 3 }`,
};
const ANSWER = ["né near → 7", "a thing", "later.js0", "new"];

describe("a program that loads what an earlier one has compiled", () => {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "stoa-compiled-")));
  const folder = path.join(root, "packs");
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  const run = (packs = folder): { answer: string[]; read: string[] } => {
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", RUN, root, packs], { encoding: "utf8" });
    expect(stderr).toBe("");
    return JSON.parse(stdout) as { answer: string[]; read: string[] };
  };
  const packs = (): string[] => readdirSync(folder).map((name) => path.join(folder, name));

  beforeAll(() => {
    for (const [file, text] of Object.entries(FILES)) write(file, text);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it("gives the same, and reads none of its modules a second time", () => {
    expect(run()).toEqual({ answer: ANSWER, read: expect.arrayContaining(["main.js", "near/index.js"]) as string[] });
    const { answer, read } = run();
    expect(answer).toEqual(ANSWER);
    expect(read.filter((file) => file.endsWith(".js"))).toEqual(["later.js", "imports.js"]);
    expect(packs()).toHaveLength(1);
  });

  it("sees a module that was changed, and keeps it anew", () => {
    write("near/index.js", `module.exports = () => "different";`);
    expect(run()).toMatchObject({
      answer: ["different", ...ANSWER.slice(1)],
      read: expect.arrayContaining(["main.js"]) as string[],
    });
    expect(run()).toMatchObject({ answer: ["different", ...ANSWER.slice(1)], read: ["later.js", "imports.js"] });
    write("near/index.js", FILES["near/index.js"] ?? "");
    expect(run().answer).toEqual(ANSWER);
  });

  it("looks for everything again after npm has installed anything", () => {
    write("node_modules/thing.js", `exports.name = "another one";`);
    write("node_modules/.package-lock.json", `{ "lockfileVersion": 3, "packages": {} }`);
    expect(run().answer[1]).toBe("another one");
    write("node_modules/thing.js", FILES["node_modules/thing/inside.js"] ?? "");
    expect(run().answer).toEqual(ANSWER);
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ["was cut", (bytes) => bytes.subarray(0, bytes.length - 900)],
    ["has its code spoilt", (bytes) => (bytes.fill(0, bytes.length - 400, bytes.length - 300), bytes)],
    ["has its index spoilt", (bytes) => (bytes.fill("[", 60, 90), bytes)],
    ["is something else", () => Buffer.from("something else")],
    ["is empty", () => Buffer.alloc(0)],
  ])("is none the worse for a pack that %s", (_how, spoil) => {
    for (const file of packs()) writeFileSync(file, spoil(readFileSync(file)));
    expect(run().answer).toEqual(ANSWER);
    // and what it is none the worse for is made good
    expect(run().answer).toEqual(ANSWER);
    expect(run().read).toEqual(["near/data.json", "later.js", "imports.js"]);
  });

  it("is none the worse for a folder that cannot be written", () => {
    expect(run(path.join(root, "main.js")).answer).toEqual(ANSWER);
  });
});
