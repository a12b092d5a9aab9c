/** An import is under way when the mall is killed. Afterwards everything is there, and everything is there once. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { customerOf } from "../support/customer";
import { eventually } from "../support/eventually";
import { testFolder, type TestFolder } from "../support/folder";
import { launch, noneLeft, startMall, stoa, type RunningMall } from "../support/mall";
import { storeOf, type StoredRows } from "../support/store-of";

const PRODUCTS = 600;
const OFFERS = 2;
const KILL_AFTER = 150;

const record = (n: number): object => ({
  id: `lamp-${n}`,
  product: { title: { en: `Reading lamp ${n}` }, brand: "Lumora", publish: true },
  offers: Array.from({ length: OFFERS }, (_, i) => ({
    sellerId: `shop-${i}`,
    sku: `L-${n}`,
    condition: "new",
    price: { amountMinor: 1_000 + n, currency: "EUR" },
    stock: { main: n },
  })),
});

let folder: TestFolder;
let mall: RunningMall;
let file: string;

beforeAll(async () => {
  folder = await testFolder();
  file = path.join(folder.path, "lamps.jsonl");
  await writeFile(file, Array.from({ length: PRODUCTS }, (_, n) => `${JSON.stringify(record(n + 1))}\n`).join(""));
});

afterAll(async () => {
  await mall.stop();
  await folder.remove();
});

const dataDir = (): string => path.join(folder.path, "data");
const importing = () => launch(["import", "jsonl", file, "--data", dataDir(), "--concurrency", "8"]);

/** Kills mall and all when some hundred products are in; gives how many were seen then. */
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
  expect(pids.length).toBeGreaterThan(3);
  await mall.kill();
  await noneLeft(pids);
  return seen;
}

async function everythingOnce(store: StoredRows): Promise<void> {
  const wanted = { product: "product.create", offer: "offer.make", stock: "stock.receive" } as const;
  for (const [aggregate, command] of Object.entries(wanted)) {
    const rows = await store.of(aggregate).find({}).toArray();
    expect(rows.map((row) => row.command.name).filter((name) => name !== command)).toEqual([]);
    expect(rows.map(({ version }) => version).filter((version) => version !== 1)).toEqual([]);
    expect(rows).toHaveLength(aggregate === "product" ? PRODUCTS : PRODUCTS * OFFERS);
  }
  const stock = await store.of("stock").find({}).toArray();
  const units = stock.reduce((sum, { state }) => sum + (state as { onHand: number }).onHand, 0);
  expect(units).toBe((OFFERS * PRODUCTS * (PRODUCTS + 1)) / 2);
}

it("kill -9 of the mall in the middle of an import loses nothing and doubles nothing", async () => {
  mall = await startMall({ dataDir: dataDir(), args: ["--empty"] });
  const first = importing();
  const before = await storeOf(await mall.run());
  const seen = await killAmidst(before);
  await before.close();
  expect(seen).toBeLessThan(PRODUCTS);
  const again = startMall({ dataDir: dataDir(), args: ["--empty"] });
  const { code, err } = await first.ended;
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("does not answer") as string });
  mall = await again;

  const store = await storeOf(await mall.run());
  const kept = await store.count("product");
  expect(kept).toBeGreaterThanOrEqual(seen);
  expect(kept).toBeLessThan(PRODUCTS);
  const second = await importing().ended;
  expect(second).toMatchObject({
    code: 0,
    out: expect.stringContaining(`the channel shows ${PRODUCTS} products`) as string,
  });
  expect(second.out).toMatch(/[\d,]+ rows had been brought in by an earlier run/);
  await everythingOnce(store);
  await eventually("every commit is published", async () => {
    const names = ["channel", "product", "offer", "stock"];
    const left = await Promise.all(names.map((name) => store.of(name).countDocuments({ published: false })));
    return left.every((count) => count === 0);
  });
  await store.close();
}, 150_000);

it("the histories prove themselves, and the index is their fold", async () => {
  const verified = await stoa("verify", "--data", dataDir());
  expect(verified).toMatchObject({ code: 0, out: expect.stringContaining("are as they were written") as string });
  const drift = await stoa("drift", "--data", dataDir());
  expect(drift).toMatchObject({
    code: 0,
    out: expect.stringContaining("The index of products equals the fold") as string,
  });
  expect(drift.out).toContain(`${(PRODUCTS * (1 + 2 * OFFERS)).toLocaleString("en")} sources`);
  const customer = await customerOf(mall);
  const found = (await customer.query("product.search", { limit: 1 })) as { total: number };
  expect(found.total).toBe(PRODUCTS);
  await customer.close();
});
