/** A mall is killed while it runs two jobs. The next one goes on with them by itself, and everything is there once. */
import { execFile } from "node:child_process";
import { mkdir, open, readFile, rm, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { JobView } from "../../models/job/job.contract";
import { ADMIN } from "../../bin/client/locate";
import { idMadeBy } from "../../bin/client/keys";
import type { Mall } from "../../bin/client/mall";
import { folderPaths, readSecret } from "../../bin/folder/folder";
import { jobPaths } from "../../services/gateway/job-paths";
import { issueToken } from "../../services/gateway/tokens";
import { customerOf } from "../support/customer";
import { eventually } from "../support/eventually";
import { searchingIn, searchUnderTest, type SearchUnderTest } from "../support/elasticsearch";
import { testFolder, type TestFolder } from "../support/folder";
import { noneLeft, startMall, type RunningMall } from "../support/mall";
import { chainOf } from "../support/rows";
import { storeOf, type StoredRows } from "../support/store-of";

const PRODUCTS = 600;
const KILL_AFTER = 120;

const record = (n: number): object => ({
  id: `kettle-${n}`,
  product: { title: { en: `Kettle ${n}` }, publish: true },
  offers: [
    {
      sellerId: "shop-1",
      sku: `K-${n}`,
      condition: "new",
      price: { amountMinor: 2_000 + n, currency: "EUR" },
      stock: { main: n },
    },
  ],
});
const lines = Array.from({ length: PRODUCTS }, (_, n) => `${JSON.stringify(record(n + 1))}\n`).join("");

let folder: TestFolder;
let search: SearchUnderTest;
let mall: RunningMall;

const dataDir = (): string => path.join(folder.path, "data");
const begin = (): Promise<RunningMall> =>
  startMall({ dataDir: dataDir(), args: ["--empty"], env: searchingIn(search) });

beforeAll(async () => {
  folder = await testFolder();
  search = await searchUnderTest();
  mall = await begin();
}, 120_000);

afterAll(async () => {
  await mall.stop();
  await search.stop();
  await folder.remove();
}, 60_000);

async function uploaded(text: string): Promise<string> {
  const token = issueToken((await readSecret(dataDir())) ?? "", ADMIN);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" };
  const response = await fetch(`${mall.url}/v1/jobs/files`, { method: "POST", headers, body: text });
  expect(response.status).toBe(201);
  return ((await response.json()) as { file: string }).file;
}

async function asked(customer: Mall, action: string, params: object): Promise<string> {
  const outcome = await customer.send({ action, params, idempotencyKey: "kettles" });
  if (!outcome.ok) throw new Error(outcome.detail);
  return idMadeBy(ADMIN.id, action, "kettles");
}

/** More than a pipe holds, by far; every third has a second version. */
const LOCATIONS = 600;
const CITY = "somewhere ".repeat(40);

async function plantLocations(store: StoredRows): Promise<void> {
  const rows = Array.from({ length: LOCATIONS }, (_, n) => {
    const state = { status: "open", sellerId: "shop-1", code: `l-${n}`, address: { country: "DE", city: CITY } };
    return chainOf(`place-${n}`, n % 3 === 0 ? [state, { ...state, status: "closed" }] : [state]);
  });
  await store.of("location").insertMany(rows.flat().map((row) => ({ ...row, published: true })));
}

interface Held {
  readonly id: string;
  /** Lets go of the file; what was held is dead by then. */
  release(): Promise<void>;
}

/** An export that writes into a pipe, of which no more is read than its beginning: it is in its middle until then. */
async function heldExport(customer: Mall): Promise<Held> {
  const id = idMadeBy(ADMIN.id, "job.export", "kettles");
  const { jobs } = folderPaths(dataDir());
  const pipe = `${jobPaths(jobs).result(id)}.part`;
  await mkdir(jobs, { recursive: true });
  await promisify(execFile)("mkfifo", [pipe]);
  const opening: Promise<FileHandle> = open(pipe, "r");
  expect(await asked(customer, "job.export", { form: "jsonl", of: "location" })).toBe(id);
  const handle = await opening;
  const { bytesRead } = await handle.read(Buffer.alloc(1_000), 0, 1_000);
  expect(bytesRead).toBeGreaterThan(0);
  return {
    id,
    async release() {
      await handle.close();
      await rm(pipe);
    },
  };
}

/** Waits until a job has ended, which was begun more than once. */
async function endedAfterKill(customer: Mall, id: string): Promise<JobView> {
  const look = () => customer.query("job.get", { id }) as Promise<JobView>;
  expect(["requested", "running"]).toContain((await look()).status);
  const done = await eventually(
    "the job has ended",
    async () => {
      const job = await look();
      return (job.status === "finished" || job.status === "failed") && job;
    },
    { timeoutMs: 120_000 },
  );
  expect(done.runs).toBeGreaterThan(1);
  return done;
}

async function expectWholeExport(customer: Mall, id: string): Promise<void> {
  const { status, progress } = await endedAfterKill(customer, id);
  expect([status, progress.rows, progress.fraction]).toEqual(["finished", LOCATIONS, 1]);
  const text = await readFile(jobPaths(folderPaths(dataDir()).jobs).result(id), "utf8");
  const things = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { id: string; version: number });
  const places = Array.from({ length: LOCATIONS }, (_, n) => `place-${n}@${n % 3 === 0 ? 2 : 1}`);
  expect(things.map((thing) => `${thing.id}@${thing.version}`).sort()).toEqual(places.sort());
}

/** Gives how many products were in when mall and all were killed. */
async function killAmidst(store: StoredRows): Promise<number> {
  const seen = await eventually(
    `${KILL_AFTER} products are in`,
    async () => {
      const count = await store.count("product");
      return count >= KILL_AFTER && count;
    },
    { timeoutMs: 60_000 },
  );
  const pids = await mall.pids();
  await mall.kill();
  await noneLeft(pids);
  return seen;
}

it("kill -9 in the middle of an import and an export: the next start goes on, and nothing comes twice", async () => {
  const customer = await customerOf(mall);
  const before = await storeOf(await mall.run());
  await plantLocations(before);
  const exporting = await heldExport(customer);
  const id = await asked(customer, "job.import", { format: "jsonl", file: await uploaded(lines) });
  expect(await killAmidst(before)).toBeLessThan(PRODUCTS);
  await Promise.all([before.close(), customer.close(), exporting.release()]);

  mall = await begin();
  const again = await customerOf(mall);
  const [done] = await Promise.all([endedAfterKill(again, id), expectWholeExport(again, exporting.id)]);
  expect(done).toMatchObject({ status: "finished", progress: { failed: 0, fraction: 1 } });

  const store = await storeOf(await mall.run());
  for (const aggregate of ["product", "offer", "stock"]) {
    const rows = await store.of(aggregate).find({}).toArray();
    expect([aggregate, rows.length]).toEqual([aggregate, PRODUCTS]);
    expect(rows.filter(({ version }) => version !== 1)).toEqual([]);
  }
  const found = (await again.query("product.search", { limit: 1 })) as { total: number };
  expect(found.total).toBe(PRODUCTS);
  await Promise.all([store.close(), again.close()]);
}, 240_000);
