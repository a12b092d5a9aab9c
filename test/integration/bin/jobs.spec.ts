/**
 * Imports and exports as jobs, on a whole node and over HTTP: what is exported from one mall and imported into another
 * is the same.
 */
import { rm } from "node:fs/promises";
import path from "node:path";
import pino from "pino";
import { openNode, type RunningNode } from "../../../bin/node/node";
import type { ImportRecord } from "../../../bin/import/record";
import { jobContract, type JobView } from "../../../models/job/job.contract";
import { issueToken } from "../../../services/gateway/tokens";
import { startBacking, type Backing } from "../../support/backing";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { eventually } from "../../support/eventually";

const silent = pino({ level: "silent" });
const price = (amountMinor: number) => ({ amountMinor, currency: "EUR" });

/** Something of everything that can be told of a product. */
const RECORDS: readonly ImportRecord[] = [
  {
    id: "a-lamp",
    product: { title: { en: "Lamp", de: "Lampe" }, brand: "Lumora", attributes: { power_watts: 9 }, publish: true },
    offers: [
      { sellerId: "shop-1", sku: "L1", price: price(1_990), condition: "new", stock: { far: 2, main: 5 } },
      { sellerId: "shop-2", sku: "L2", price: price(990), condition: "used", withdrawn: true, stock: {} },
    ],
  },
  {
    id: "b-shoe",
    product: {
      title: { en: "Shoe" },
      options: [{ name: "size", values: ["40", "41"] }],
      variants: [
        { id: "s40", options: { size: "40" } },
        { id: "s41", options: { size: "41" } },
      ],
      publish: true,
    },
    offers: [{ sellerId: "shop-1", sku: "S40", price: price(5_000), condition: "new", variantId: "s40", stock: {} }],
  },
  { id: "c-gone", product: { title: { en: "Gone" }, publish: true }, withdrawn: true, offers: [] },
  { id: "d-draft", product: { title: { en: "Not yet" }, publish: false }, offers: [] },
];
const linesOf = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

let backing: Backing;
let shop: RunningNode;
let copy: RunningNode;

beforeAll(async () => {
  backing = await startBacking();
  const open = (namespace: string): Promise<RunningNode> => {
    const config = backing.config({ STOA_NAMESPACE: namespace, STOA_NODE: namespace });
    return openNode({ ...config, dataDir: path.join(config.dataDir, namespace) }, silent);
  };
  shop = await open("jobs");
  copy = await open("jobscopy");
}, START_WITHIN_MS);

afterAll(async () => {
  await Promise.all([shop.stop(), copy.stop()]);
  await backing.stop();
  await rm(backing.config().dataDir, { recursive: true, force: true });
});

function ask(node: RunningNode, to: string, init: RequestInit = {}, permissions = ["*"]): Promise<Response> {
  const token = issueToken(backing.config().secret, { id: "ann", permissions });
  const headers = { authorization: `Bearer ${token}`, ...(init.headers as object | undefined) };
  return fetch(`${node.url ?? ""}${to}`, { ...init, headers });
}

const post = (node: RunningNode, to: string, body: object): Promise<Response> =>
  ask(node, to, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

async function uploaded(node: RunningNode, content: string): Promise<string> {
  const answer = await ask(node, "/v1/jobs/files", { method: "POST", body: content });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { file: string }).file;
}

async function requested(node: RunningNode, to: string, body: object): Promise<string> {
  const answer = await post(node, to, body);
  expect(answer.status).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  expect(answer.headers.get("location")).toBe(`/v1/jobs/${id}`);
  return id;
}

async function viewOf(node: RunningNode, id: string): Promise<JobView> {
  const view = (await (await ask(node, `/v1/jobs/${id}`)).json()) as JobView;
  expect(jobContract.actions["job.get"].result?.validate(view, { convert: false })).toEqual({ value: view });
  return view;
}

const ended = (node: RunningNode, id: string): Promise<JobView> =>
  eventually(
    "the job has ended",
    async () => {
      const view = await viewOf(node, id);
      return ["finished", "failed", "cancelled"].includes(view.status) && view;
    },
    { timeoutMs: 50_000 },
  );

async function imported(node: RunningNode, content: string): Promise<JobView> {
  const file = await uploaded(node, content);
  return ended(node, await requested(node, "/v1/jobs/imports", { format: "jsonl", file }));
}

async function exportedFrom(node: RunningNode, form: string): Promise<string> {
  const { status, result, reason } = await ended(node, await requested(node, "/v1/jobs/exports", { form }));
  expect({ status, reason }).toEqual({ status: "finished", reason: null });
  const answer = await ask(node, result ?? "");
  expect(answer.headers.get("content-disposition")).toBe("attachment");
  return answer.text();
}

/** Ids are the mall's own; all the rest is content. */
const contentOf = (text: string): object[] =>
  text
    .trim()
    .split("\n")
    .map((line) => ({ ...(JSON.parse(line) as ImportRecord), id: "" }))
    .sort((a, b) => ((a.product.title["en"] ?? "") < (b.product.title["en"] ?? "") ? -1 : 1));

it("imports an uploaded file, tells what failed and why, and ends when everything is found", async () => {
  const bad = ["no record", { id: "z", product: { title: {} } }];
  const view = await imported(shop, linesOf([...RECORDS, ...(bad as object[])]));
  expect(view).toMatchObject({ status: "finished", task: "import", form: "jsonl", requestedBy: "ann", runs: 1 });
  expect(view.progress).toEqual({ rows: 6, failed: 2, skipped: 0, changed: 0, commands: 11, fraction: 1 });
  const problems = (await (await ask(shop, view.problems ?? "")).text()).trim().split("\n");
  const told = problems.map((line) => JSON.parse(line) as { line: number; step: string });
  expect(told.map(({ line, step }) => [line, step]).sort()).toEqual([
    [5, "parse"],
    [6, "create"],
  ]);
  const found = (await (await ask(shop, "/v1/products?limit=10")).json()) as { total: number };
  expect(found.total).toBe(2);
});

it("exports what another mall imports: the same content", async () => {
  const text = await exportedFrom(shop, "jsonl");
  expect(contentOf(text)).toEqual(contentOf(linesOf(RECORDS)));
  const { status, progress } = await imported(copy, text);
  expect({ status, failed: progress.failed }).toEqual({ status: "finished", failed: 0 });
  expect(contentOf(await exportedFrom(copy, "jsonl"))).toEqual(contentOf(text));
  const csv = (await exportedFrom(copy, "csv")).trim().split("\n");
  expect(csv).toHaveLength(1 + 3 + 2);
});

it("changes nothing when the same file is imported by another job", async () => {
  const before = await shop.store.of("product").count();
  const { progress } = await imported(shop, linesOf(RECORDS));
  expect(progress).toMatchObject({ rows: 4, failed: 0, changed: 0 });
  expect(await shop.store.of("product").count()).toBe(before);
});

it("ends a job that is cancelled, and another goes on where it was", async () => {
  const many = Array.from({ length: 1_500 }, (_, n) => ({ ...RECORDS[3], id: `many-${n}` }));
  const file = await uploaded(shop, linesOf(many));
  const id = await requested(shop, "/v1/jobs/imports", { format: "jsonl", file });
  const count = () => shop.store.of("product").count();
  const before = await count();
  await eventually("some of it is in", async () => (await count()) > before + 50, { timeoutMs: 30_000 });
  expect((await post(shop, `/v1/jobs/${id}/cancel`, {})).status).toBe(200);
  expect((await ended(shop, id)).status).toBe("cancelled");
  expect(await count()).toBeLessThan(before + 1_500);
  const { status } = await ended(shop, await requested(shop, "/v1/jobs/imports", { format: "jsonl", file }));
  expect(status).toBe("finished");
  expect(await count()).toBe(before + 1_500);
  const late = (await (await post(shop, `/v1/jobs/${id}/cancel`, {})).json()) as { id: string };
  expect(late.id).toBe(id);
});

it("fails with a reason that says what to do", async () => {
  const id = await requested(shop, "/v1/jobs/imports", { format: "jsonl", file: "nothing-there" });
  expect(await ended(shop, id)).toMatchObject({
    status: "failed",
    reason: expect.stringContaining("upload it and ask again") as string,
  });
  const wrong = await uploaded(shop, "a,b\n1,2\n");
  const csv = await requested(shop, "/v1/jobs/imports", { format: "pricerunner", file: wrong });
  expect((await ended(shop, csv)).reason).toContain("does not name the columns");
});

it("lets nobody in who may not: no upload, no job, no result", async () => {
  const body = { method: "POST", body: "x" };
  expect((await ask(shop, "/v1/jobs/files", body, ["job.read"])).status).toBe(403);
  expect((await fetch(`${shop.url ?? ""}/v1/jobs/files`, body)).status).toBe(401);
  expect((await ask(shop, "/v1/jobs/some/result", {}, ["job.write"])).status).toBe(403);
  expect((await ask(shop, "/v1/jobs/..%2f..%2fsecret/result")).status).toBe(404);
  expect((await ask(shop, "/v1/jobs/files", { method: "POST", body: "" })).status).toBe(400);
});
