/** A mall is killed while it runs a job. The next one goes on with it by itself, and everything is there once. */
import path from "node:path";
import type { JobView } from "../../models/job/job.contract";
import { ADMIN } from "../../bin/client/locate";
import { idMadeBy } from "../../bin/client/keys";
import type { Mall } from "../../bin/client/mall";
import { readSecret } from "../../bin/folder/folder";
import { issueToken } from "../../services/gateway/tokens";
import { customerOf } from "../support/customer";
import { eventually } from "../support/eventually";
import { searchingIn, searchUnderTest, type SearchUnderTest } from "../support/elasticsearch";
import { testFolder, type TestFolder } from "../support/folder";
import { noneLeft, startMall, type RunningMall } from "../support/mall";
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

async function asked(customer: Mall, file: string): Promise<string> {
  const params = { format: "jsonl", file };
  const outcome = await customer.send({ action: "job.import", params, idempotencyKey: "kettles" });
  if (!outcome.ok) throw new Error(outcome.detail);
  return idMadeBy(ADMIN.id, "job.import", "kettles");
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

it("kill -9 in the middle of a job: the next start goes on with it, and nothing comes twice", async () => {
  const customer = await customerOf(mall);
  const before = await storeOf(await mall.run());
  const id = await asked(customer, await uploaded(lines));
  expect(await killAmidst(before)).toBeLessThan(PRODUCTS);
  await Promise.all([before.close(), customer.close()]);

  mall = await begin();
  const again = await customerOf(mall);
  const look = () => again.query("job.get", { id }) as Promise<JobView>;
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
