/** The importer as a process of its own, against a server that answers as the gateway does. */
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { issueToken } from "../../../services/gateway/tokens";
import { startStandIn, type StandIn } from "../../support/gateway-stand-in";
import { startStoa, stoa, type Ended } from "../../support/stoa";

const token = issueToken("a secret of at least thirty-two characters", { id: "admin", permissions: ["*"] });

const row = (id: number, more: object = {}): object => ({
  id: `p-${id}`,
  product: { title: { en: `Lamp ${id}` }, publish: true },
  offers: [
    {
      sellerId: "shop",
      sku: `L-${id}`,
      price: { amountMinor: 1_000 + id, currency: "EUR" },
      condition: "new",
      stock: { main: 5 },
    },
  ],
  ...more,
});

const rows = (count: number): object[] => Array.from({ length: count }, (_, i) => row(i + 1));
const textOf = (all: readonly unknown[]): string => all.map((one) => `${JSON.stringify(one)}\n`).join("");

let folder: string;
let mall: StandIn;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "stoa-import-"));
  mall = await startStandIn();
});

afterEach(async () => {
  await mall.close();
  await rm(folder, { recursive: true, force: true });
});

const argsFor = (file: string, ...more: string[]): string[] => [
  ...["import", "jsonl", file, "--url", mall.url, "--token", token, "--data", folder],
  ...more,
];

async function importing(content: string | Buffer, ...more: string[]): Promise<Ended> {
  const file = path.join(folder, "rows.jsonl");
  await writeFile(file, content);
  return stoa(argsFor(file, ...more));
}

const names = (): string[] => mall.accepted.map(({ action }) => action);
const count = (action: string): number => names().filter((name) => name === action).length;

it("imports products with offers and stock, in that order, and waits until they can be found", async () => {
  const { code, out } = await importing(textOf(rows(40)));
  expect(out).toContain("Imported 40 rows (120 commands)");
  expect(out).toContain("the channel shows 40 products");
  expect(code).toBe(0);
  expect(names()[0]).toBe("channel.open");
  const order = mall.accepted.filter(({ key }) => key.startsWith("jsonl/p-7/")).map(({ action }) => action);
  expect(order).toEqual(["product.create", "offer.make", "stock.receive"]);
  expect(mall.waitedFor.join(",").split(",").length).toBeGreaterThanOrEqual(40);
});

it("sends the ids that the mall will make before it has made them", async () => {
  await importing(textOf(rows(1)));
  const [product, offer] = ["product.create", "offer.make"].map((name) =>
    mall.accepted.find(({ action }) => action === name),
  );
  expect(offer?.params["productId"]).toBe(product?.id);
  expect(mall.accepted.find(({ action }) => action === "stock.receive")?.params["offerId"]).toBe(offer?.id);
});

it("changes nothing when it runs twice", async () => {
  await importing(textOf(rows(20)));
  const before = mall.accepted.length;
  const { code, out } = await importing(textOf(rows(20)));
  expect(code).toBe(0);
  expect(out).toContain("Imported 20 rows");
  expect(mall.accepted.length).toBe(before);
});

it("revises what has changed, and only that", async () => {
  await importing(textOf(rows(5)));
  const before = mall.accepted.length;
  const changed = [row(1, { product: { title: { en: "Better lamp" }, publish: true } }), ...rows(5).slice(1)];
  const { code, out } = await importing(textOf(changed));
  expect(code).toBe(0);
  expect(out).toContain("1 rows had changed");
  expect(names().slice(before)).toEqual(["product.revise", "product.list", "product.publish"]);
});

it("reprices and counts when an offer and its stock have changed", async () => {
  await importing(textOf([row(1)]));
  const before = mall.accepted.length;
  const offer = { sellerId: "shop", sku: "L-1", price: { amountMinor: 5, currency: "EUR" }, condition: "new" };
  await importing(textOf([row(1, { offers: [{ ...offer, stock: { main: 7 } }] })]));
  expect(names().slice(before)).toEqual(["offer.reprice", "offer.revise", "stock.count"]);
});

it("reads gzip by its content", async () => {
  const { code } = await importing(gzipSync(textOf(rows(3))));
  expect(code).toBe(0);
  expect(count("product.create")).toBe(3);
});

it("reports bad rows with their lines, imports the rest and does not end well", async () => {
  const bad = [row(1), "not a record", row(3, { product: { title: {} } }), { id: "p-4" }, row(5)];
  const { code, out } = await importing(`${textOf(bad)}{"broken\n`);
  expect(code).toBe(1);
  expect(out).toContain("4 rows failed");
  const report = await readFile(path.join(folder, "imports", "rows.jsonl.problems.jsonl"), "utf8");
  const found = report
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { line: number; id: string; step: string });
  expect(found.map(({ line, step }) => [line, step]).sort()).toEqual([
    [2, "parse"],
    [3, "create"],
    [4, "parse"],
    [6, "parse"],
  ]);
  expect(found.find(({ line }) => line === 3)?.id).toBe("p-3");
  expect(count("product.create")).toBe(2);
});

it("bears a busy mall", async () => {
  mall.busy(429, 6);
  const { code } = await importing(textOf(rows(4)));
  expect(code).toBe(0);
  expect(count("stock.receive")).toBe(4);
});

it("checks every row against the contracts and sends nothing in a dry run", async () => {
  const { code, out } = await importing(textOf([row(1), row(2, { product: { title: { en: 7 } } })]), "--dry-run");
  expect(code).toBe(1);
  expect(out).toContain("Checked 2 rows");
  expect(mall.requests()).toBe(0);
  const report = await readFile(path.join(folder, "imports", "rows.jsonl.problems.jsonl"), "utf8");
  expect(JSON.parse(report)).toMatchObject({ line: 2, id: "p-2", step: "create" });
  expect(await readdir(path.join(folder, "imports"))).toEqual(["rows.jsonl.problems.jsonl"]);
});

it("goes on after a kill, and everything is there once", async () => {
  // for several seconds: a position is saved each of them
  const total = 10_000;
  const file = path.join(folder, "many.jsonl");
  await writeFile(file, textOf(rows(total)));
  const first = startStoa(argsFor(file));
  const imports = path.join(folder, "imports");
  // killed when a position has been saved, and not at the very beginning
  let looking = false;
  mall.onCommand((accepted) => {
    if (accepted < 2_000 || looking) return;
    looking = true;
    void readdir(imports)
      .then((files) => files.some((name) => name.endsWith(".position")) && first.child.kill("SIGKILL"))
      .catch(() => undefined)
      .finally(() => (looking = false));
  });
  expect((await first.ended).signal).toBe("SIGKILL");
  mall.onCommand(() => undefined);
  const { code, out } = await stoa(argsFor(file));
  expect(code).toBe(0);
  expect(out).toMatch(/[\d,]+ rows had been brought in by an earlier run/);
  for (const action of ["product.create", "offer.make", "stock.receive"]) expect(count(action)).toBe(total);
  expect((await readdir(imports)).filter((name) => name.endsWith(".position"))).toEqual([]);
});

it("says in a sentence that no mall runs, and that a token is not good", async () => {
  const none = await stoa(["import", "jsonl", __filename, "--data", folder]);
  expect(none.code).toBe(1);
  expect(none.err).toMatch(/^stoa: No mall runs on .* Start it with `npm start`/);
  await mall.close();
  mall = await startStandIn();
  const file = path.join(folder, "rows.jsonl");
  await writeFile(file, textOf(rows(1)));
  const garbled = await stoa(["import", "jsonl", file, "--url", mall.url, "--token", "no-token", "--data", folder]);
  expect(garbled.code).toBe(1);
  expect(garbled.err).toContain("That is no token");
});
