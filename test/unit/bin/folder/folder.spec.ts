import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkFormat, emptyFolder, FORMAT, makeFolder, prepareFolder, secretOf } from "../../../../bin/folder/folder";
import { outsideSecret } from "../../../../bin/folder/outside-secret";
import { lockFolder, readNote } from "../../../../bin/folder/lock";
import { noteOf, startTicks, stillRuns } from "../../../../bin/folder/processes";
import { readRunFile, removeRunFile, runningMall, writeRunFile } from "../../../../bin/folder/run-file";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "stoa-folder-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The id of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await new Promise((resolve) => child.once("exit", resolve));
  return child.pid ?? 0;
}

describe("format", () => {
  it("takes its own and older ones, and a folder without one", () => {
    for (const found of [null, String(FORMAT), "0\n"]) expect(() => checkFormat(found, "d")).not.toThrow();
  });

  it.each([
    [String(FORMAT + 1), "was written by a newer Stoa"],
    ["mysql", "none of ours"],
    ["", "none of ours"],
  ])("refuses %j", (found, sentence) => expect(() => checkFormat(found, "d")).toThrow(sentence));

  it("makes a secret once that only this user can read", async () => {
    await makeFolder(folder);
    const { secret } = await prepareFolder(folder);
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect((await stat(path.join(folder, "secret"))).mode & 0o777).toBe(0o600);
    expect((await prepareFolder(folder)).secret).toBe(secret);
    expect(await readFile(path.join(folder, "format"), "utf8")).toBe(`${FORMAT}\n`);
  });

  it("makes none where the mall's secret is kept outside, and says what is wrong with the place", async () => {
    const secret = "kept by a vault, and nowhere else on this disk";
    const file = path.join(folder, "mounted");
    await writeFile(file, `${secret}\n`);
    const print = `${process.execPath} -p process.argv[1] ${secret.replaceAll(" ", "-")}`;
    expect(await outsideSecret({ STOA_SECRET_FILE: file })).toBe(secret);
    expect(await outsideSecret({ STOA_SECRET_COMMAND: print })).toBe(secret.replaceAll(" ", "-"));
    expect(await prepareFolder(folder, await outsideSecret({ STOA_SECRET: secret }))).toEqual({ secret });
    expect(await readdir(folder)).not.toContain("secret");
    expect(await secretOf(folder, { STOA_SECRET_FILE: file })).toBe(secret);
    expect([await outsideSecret({}), await secretOf(folder, {})]).toEqual([null, null]);
    await expect(outsideSecret({ STOA_SECRET_FILE: `${file}s` })).rejects.toThrow("STOA_SECRET_FILE gives no secret");
    const failing = `${process.execPath} -e process.exit(3) ${secret}`;
    await expect(outsideSecret({ STOA_SECRET_COMMAND: failing })).rejects.toThrow("exit code 3");
    await expect(outsideSecret({ STOA_SECRET_COMMAND: failing })).rejects.not.toThrow("vault");
    await expect(outsideSecret({ STOA_SECRET: "short" })).rejects.toThrow("at least 32");
  });

  it("empties what is ours and nothing else", async () => {
    await prepareFolder(folder);
    await writeFile(path.join(folder, "letter.txt"), "mine");
    await emptyFolder(folder);
    expect(await readdir(folder)).toEqual(["letter.txt"]);
  });
});

describe("lock", () => {
  it("lets one in, names it to the next, and lets that in afterwards", async () => {
    const lock = await lockFolder(folder);
    expect(lock.recovered).toBe(false);
    await expect(lockFolder(folder)).rejects.toThrow(`process ${process.pid}`);
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
    await (await lockFolder(folder)).release();
  });

  it("takes over from a process that is gone", async () => {
    await writeFile(path.join(folder, "lock"), JSON.stringify({ pid: await deadPid(), startedAt: "1" }));
    const lock = await lockFolder(folder);
    expect(lock.recovered).toBe(true);
    await expect(lockFolder(folder)).rejects.toThrow("already runs");
  });

  it("takes over from a process whose id somebody else has now", async () => {
    const { pid } = await noteOf(process.pid);
    await writeFile(path.join(folder, "lock"), JSON.stringify({ pid, startedAt: "long ago" }));
    expect((await lockFolder(folder)).recovered).toBe(true);
  });

  it("takes over a lock that says nothing", async () => {
    await writeFile(path.join(folder, "lock"), "");
    expect((await lockFolder(folder)).recovered).toBe(true);
  });

  it("lets in exactly one of many that find a dead one's lock", async () => {
    await writeFile(path.join(folder, "lock"), JSON.stringify({ pid: await deadPid(), startedAt: "1" }));
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it.each([["{"], ["null"], ['{"pid":"1"}']])("reads no note from %s", (text) => expect(readNote(text)).toBeNull());
});

describe("processes", () => {
  it("finds the start in a line whose name holds blanks and brackets", () => {
    const fields = Array.from({ length: 30 }, (_, i) => String(i + 3));
    expect(startTicks(`12 (a b) c) ${fields.join(" ")}`)).toBe("22");
  });

  it("knows itself", async () => expect(await stillRuns(await noteOf(process.pid))).toBe(true));
});

describe("run.json", () => {
  const run = async () => ({
    url: "http://127.0.0.1:1",
    main: await noteOf(process.pid),
    pids: [1],
    namespace: "stoa",
    mongodbUrl: "mongodb://m",
    elasticsearchUrl: "http://e",
    natsUrl: "nats://n",
    redisUrl: null,
  });

  it("names the mall that runs, and none after it has stopped", async () => {
    await writeRunFile(folder, await run());
    expect((await runningMall(folder))?.url).toBe("http://127.0.0.1:1");
    await removeRunFile(folder);
    expect(await runningMall(folder)).toBeNull();
  });

  it("does not believe what a killed start left behind, but keeps its processes' ids", async () => {
    await writeRunFile(folder, { ...(await run()), main: { pid: await deadPid(), startedAt: "1" } });
    expect(await runningMall(folder)).toBeNull();
    expect((await readRunFile(folder))?.pids).toEqual([1]);
  });

  it("takes a torn file for none", async () => {
    await writeFile(path.join(folder, "run.json"), '{"url":');
    expect(await readRunFile(folder)).toBeNull();
  });
});
