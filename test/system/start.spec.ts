/** `stoa start` as a person meets it: opening, stopping, being killed, being refused. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { customerOf } from "../support/customer";
import { eventually } from "../support/eventually";
import { testFolder, type TestFolder } from "../support/folder";
import { launch, launchMall, noneLeft, processesOf, startMall, type RunningMall } from "../support/mall";
import { storeOf } from "../support/store-of";

const execute = promisify(execFile);

let folder: TestFolder;
let dataDir: string;
let mall: RunningMall;
let lampId: string;

beforeAll(async () => {
  folder = await testFolder();
  dataDir = path.join(folder.path, "data");
});

afterAll(async () => {
  await mall.stop();
  await folder.remove();
});

/** As pasted into a shell. */
async function pasted(line: string): Promise<Record<string, unknown>> {
  const { stdout } = await execute("sh", ["-c", line.replace(/^curl /, "curl -sS --fail --max-time 20 ")]);
  return JSON.parse(stdout) as Record<string, unknown>;
}

const triedLines = (out: string): string[] =>
  out
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("curl "));

/** Ends one of its backing services, and hears what is said of it. */
async function without(service: RegExp): Promise<{ code: number | null; err: string }> {
  const pids = await mall.pids();
  const { stdout } = await execute("ps", ["-o", "pid=,args=", "-p", pids.join(",")]);
  const found = stdout.split("\n").find((line) => service.test(line) && !line.includes("guard-process"));
  const pid = Number(found?.trim().split(/\s+/)[0]);
  expect(pids).toContain(pid);
  process.kill(pid, "SIGKILL");
  const ended = await mall.ended;
  await noneLeft(pids);
  return ended;
}

it("is killed while it fills an empty mall", async () => {
  const killed = launchMall({ dataDir, args: ["--products", "400"] });
  const imports = path.join(dataDir, "imports");
  await eventually(
    "a part of the demo market is in",
    async () => {
      if (killed.out() !== "") throw new Error("it is filled already");
      const [position = ""] = (await readdir(imports)).filter((name) => name.endsWith(".position"));
      const { through } = JSON.parse(await readFile(path.join(imports, position), "utf8")) as { through: number };
      return through >= 10 && through < 400;
    },
    { timeoutMs: 90_000 },
  );
  const pids = await processesOf(killed.pid);
  killed.signal("SIGKILL");
  await killed.ended;
  await noneLeft(pids);
}, 120_000);

it("goes on filling when it is started again, and everything is there once", async () => {
  mall = await startMall({ dataDir, args: ["--products", "60"] });
  expect(mall.err()).toContain("the demo market is open");
  const store = await storeOf(await mall.run());
  const firsts = await store.of("product").find({ version: 1 }).toArray();
  const titles = new Set(firsts.map(({ state }) => (state as { title: { en: string } }).title.en));
  expect(firsts.length).toBeGreaterThanOrEqual(60);
  expect(titles.size).toBe(firsts.length);
  for (const aggregate of ["product", "offer", "stock"]) {
    const rows = await store.of(aggregate).find({}).toArray();
    expect(new Set(rows.map(({ command }) => command.id)).size).toBe(rows.length);
    // a year of changes: most were said to have happened long before they were written
    expect(rows.filter(({ occurredAt, committedAt }) => occurredAt >= committedAt)).toEqual([]);
  }
  await store.close();
}, 120_000);

it("finds the mall filled at the next start, and the three lines that it prints work as they stand", async () => {
  await mall.stop();
  mall = await startMall({ dataDir });
  expect(mall.err()).not.toContain("demo market");
  const [search = "", get = "", post = "", ...more] = triedLines(mall.out());
  expect(more).toEqual([]);
  expect(await pasted(search)).toMatchObject({
    total: expect.any(Number) as number,
    items: expect.any(Array) as unknown[],
  });
  const product = await pasted(get);
  expect(get).toContain(String(product["id"]));
  lampId = String((await pasted(post))["id"]);
  // the same key: the same thing, not a second one
  expect((await pasted(post))["id"]).toBe(lampId);
}, 120_000);

it("refuses a second start on the same folder, and names the process that holds it", async () => {
  const { code, err } = await launchMall({ dataDir }).ended;
  expect(code).toBe(1);
  expect(err).toContain(`A mall already runs on ${dataDir} (process ${mall.pid})`);
});

it("refuses a port that is in use before it starts anything", async () => {
  const { port } = new URL(mall.url);
  const other = path.join(folder.path, "other");
  const { code, err } = await launch(["start", "--port", port, "--data", other, "--yes"]).ended;
  expect(code).toBe(1);
  expect(err).toContain(`Port ${port} is in use by another program`);
  expect(existsSync(path.join(other, "mongo"))).toBe(false);
});

it("refuses data of a newer version and leaves them alone", async () => {
  const newer = path.join(folder.path, "newer");
  await mkdir(newer);
  await writeFile(path.join(newer, "format"), "999\n");
  const { code, err } = await launchMall({ dataDir: newer }).ended;
  expect(code).toBe(1);
  expect(err).toMatch(/was written by a newer Stoa \(format 999; .*Use that version, or name another folder/);
  expect(await readdir(newer)).toEqual(["format"]);
});

it("leaves nothing running when it is killed, and the next start finds everything again", async () => {
  const pids = await mall.pids();
  expect(pids.length).toBeGreaterThan(3);
  await mall.kill();
  await noneLeft(pids);
  mall = await startMall({ dataDir });
  const customer = await customerOf(mall);
  expect(await customer.query("product.get", { id: lampId })).toMatchObject({ title: { en: "Reading lamp" } });
  await customer.close();
}, 120_000);

it("ends when NATS does, and names it", async () => {
  const { code, err } = await without(/nats-server/);
  expect(code).toBe(1);
  expect(err).toMatch(/the message broker \(NATS\) ended by itself \(SIGKILL\)\. Its log: .*nats\.log/);
}, 60_000);

it("--fresh deletes what was there, --empty leaves it empty", async () => {
  mall = await startMall({ dataDir, args: ["--fresh", "--empty"] });
  const customer = await customerOf(mall);
  expect(await customer.query("channel.list", { limit: 10 })).toEqual({ items: [] });
  expect(await customer.query("product.search", { limit: 1 })).toMatchObject({ total: 0 });
  await expect(customer.query("product.get", { id: lampId })).rejects.toThrow("NOT_FOUND");
  await customer.close();
}, 120_000);

it("ends when the store does, and names it", async () => {
  const { code, err } = await without(/embedded\/mongo\/main/);
  expect(code).toBe(1);
  expect(err).toMatch(/the store \(MongoDB protocol\) ended by itself \(SIGKILL\)/);
}, 60_000);

it("stops in order when it is asked to", async () => {
  mall = await startMall({ dataDir, args: ["--empty"] });
  const pids = await mall.pids();
  const { code, err } = await mall.stop();
  expect({ code, unclean: /did not stop/.test(err) }).toEqual({ code: 0, unclean: false });
  await noneLeft(pids);
  const left = await readdir(dataDir);
  expect(left).not.toContain("run.json");
  expect(left).not.toContain("lock");
}, 120_000);
