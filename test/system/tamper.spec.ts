/** Somebody changes the database past the mall: it is found, and named. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { creation, customerOf, productIdOf } from "../support/customer";
import { searchingIn, searchUnderTest, type SearchUnderTest } from "../support/elasticsearch";
import { testFolder, type TestFolder } from "../support/folder";
import { startMall, stoa, type RunningMall } from "../support/mall";
import { storeOf, type StoredRows } from "../support/store-of";
import { createSearchClient } from "../../indexers/kernel/client";
import type { Mall } from "../../bin/client/mall";

let folder: TestFolder;
let search: SearchUnderTest;
let mall: RunningMall;
let customer: Mall;
let store: StoredRows;
const [changed, cut, honest] = ["changed", "cut", "honest"].map(productIdOf) as [string, string, string];

const command = (name: string, ...args: string[]) => stoa(name, ...args, "--data", mall.dataDir);
const copy = (): string => path.join(folder.path, "checkpoint.json");

beforeAll(async () => {
  folder = await testFolder();
  search = await searchUnderTest();
  mall = await startMall({ dataDir: path.join(folder.path, "data"), args: ["--empty"], env: searchingIn(search) });
  customer = await customerOf(mall);
  store = await storeOf(await mall.run());
  let token = "";
  for (const key of ["changed", "cut", "honest"]) {
    await customer.send(creation(key));
    for (const brand of ["Lumora", "Brisa"]) {
      const params = { id: productIdOf(key), brand };
      const outcome = await customer.send({ action: "product.revise", params, idempotencyKey: `${key}/${brand}` });
      expect(outcome.ok).toBe(true);
      if (outcome.ok) token = outcome.token;
    }
  }
  await customer.query("product.search", { limit: 1 }, token);
}, 120_000);

afterAll(async () => {
  await customer.close();
  await store.close();
  await mall.stop();
  await search.stop();
  await folder.remove();
});

it("history tells every version, and how it was then", async () => {
  const all = await command("history", "product", honest);
  expect(all.code).toBe(0);
  expect(all.out).toMatch(
    /^v1 .* product\.create .*by admin[^]*^v2 .* product\.revise [^]*^v3 .*Z {2}product\.revise /m,
  );
  const then = await command("history", "product", honest, "--version", "2");
  expect(then.out).toContain('"brand": "Lumora"');
  const page = await command("history", "product", honest, "--limit", "2");
  expect(page.out).toContain("go on with --after 2");
  expect(await command("history", "product", "nobody")).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no product "nobody"') as string,
  });
});

it("verify finds nothing in what the mall has written", async () => {
  expect(await command("checkpoint", "--out", copy())).toMatchObject({ code: 0 });
  const found = await command("verify", "--copy", copy());
  expect(found).toMatchObject({
    code: 0,
    out: expect.stringContaining("their heads agree with checkpoint 1") as string,
  });
});

it("drift finds a document that is not the fold, and a rebuild mends it", async () => {
  const { elasticsearchUrl, namespace } = await mall.run();
  const client = createSearchClient(elasticsearchUrl);
  const index = `${namespace}-products`;
  await client.update({ index, id: honest, doc: { brand: "Nobody" }, refresh: true });
  await client.close();
  const found = await command("drift", "products");
  expect(found.code).toBe(1);
  expect(found.out).toContain(`document ${honest}, field "brand": it is "Nobody", and by the histories "Brisa"`);
  expect((await command("rebuild", "products", "--dry-run")).code).toBe(1);
  expect(await command("rebuild", "products")).toMatchObject({ code: 0 });
  expect(await command("drift")).toMatchObject({ code: 0 });
}, 60_000);

it("verify names a row of which one byte was changed, and a newest row that was taken away", async () => {
  const first = await store.of("product").findOne({ aggregateId: changed, version: 1 });
  const title = (first?.state as { title: { en: string } }).title.en;
  expect(title).toBe("Lamp changed");
  const change = { $set: { "state.title.en": "Lamp chanced" } };
  expect(await store.of("product").updateOne({ aggregateId: changed, version: 1 }, change)).toMatchObject({
    modifiedCount: 1,
  });
  expect(await store.of("product").deleteOne({ aggregateId: cut, version: 3 })).toMatchObject({ deletedCount: 1 });
  for (const args of [[], ["--copy", copy()]]) {
    const { code, out } = await command("verify", ...args);
    expect(code).toBe(1);
    expect(out).toContain(`product/${changed}@1 was changed`);
    expect(out).toContain(`product/${cut}@3 is gone`);
    expect(out).not.toContain(honest);
  }
});

it("no checkpoint blesses it afterwards", async () => {
  const { code, err } = await command("checkpoint");
  expect(code).toBe(1);
  expect(err).toContain("No checkpoint was written");
  expect(err).toContain(`product/${cut}@3 is gone`);
});

it("a checkpoint that was kept elsewhere tells that another one took its place", async () => {
  const other = path.join(folder.path, "forged.json");
  const exported = JSON.parse(await readFile(copy(), "utf8")) as { checkpoint: { hash: string } };
  exported.checkpoint.hash = exported.checkpoint.hash.replace(/^./, (digit) => (digit === "0" ? "1" : "0"));
  await writeFile(other, JSON.stringify(exported));
  const { code, out } = await command("verify", "--copy", other);
  expect(code).toBe(1);
  expect(out).toContain("Checkpoint 1 is not the one that was made then");
});
