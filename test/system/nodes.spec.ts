/** A mall of three processes: who owns what, who reads what it wrote, and what becomes of it when one is killed. */
import path from "node:path";
import { isAlive } from "../../bin/folder/processes";
import type { Mall, Outcome } from "../../bin/client/mall";
import { MAIN_CHANNEL } from "../../bin/client/channel";
import { creation, customerOf, productIdOf } from "../support/customer";
import { eventually } from "../support/eventually";
import { searchingIn, searchUnderTest, type SearchUnderTest } from "../support/elasticsearch";
import { testFolder, type TestFolder } from "../support/folder";
import { launch, noneLeft, startMall, stoa, type RunningMall } from "../support/mall";
import { storeOf, type StoredRows } from "../support/store-of";

const AGGREGATES = 30;
const REPEATS = 4;
/** An answer that is lost with its node would time out after 30 s. */
const WAIT_MAX_MS = 20_000;
/** Of embedded services in `run.json`, before the nodes. */
const SERVICES = 2;

let folder: TestFolder;
let search: SearchUnderTest;
let mall: RunningMall;
let customer: Mall;
let store: StoredRows;

const keys = Array.from({ length: AGGREGATES }, (_, n) => `lamp-${n}`);
const revision = (key: string, name: string) => ({
  action: "product.revise",
  params: { id: productIdOf(key), title: { en: `Lamp ${key} ${name}` } },
  idempotencyKey: `${key}/${name}`,
});

const repeated = <T>(make: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: REPEATS }, make));
const refusals = (outcomes: readonly Outcome[]): Outcome[] => outcomes.filter(({ ok }) => !ok);

async function versionsOf(key: string): Promise<string[]> {
  const rows = await store
    .of("product")
    .find({ aggregateId: productIdOf(key) })
    .sort({ version: 1 })
    .toArray();
  expect(rows.map(({ version }) => version)).toEqual(rows.map((_, i) => i + 1));
  return rows.map(({ state }) => (state as { title: { en: string } }).title.en);
}

beforeAll(async () => {
  folder = await testFolder();
  search = await searchUnderTest();
  mall = await startMall({
    dataDir: path.join(folder.path, "data"),
    args: ["--empty", "--nodes", "3"],
    env: searchingIn(search),
  });
  customer = await customerOf(mall);
  store = await storeOf(await mall.run());
}, 120_000);

afterAll(async () => {
  await customer.close();
  await store.close();
  await mall.stop();
  await search.stop();
  await folder.remove();
}, 60_000);

it("makes each thing once, however often and wherever its command arrives", async () => {
  const { pids } = await mall.run();
  expect(pids.slice(SERVICES)).toHaveLength(3);
  const made = await Promise.all(keys.map((key) => repeated(() => customer.send(creation(key)))));
  expect(refusals(made.flat())).toEqual([]);
  const revised = await Promise.all(keys.map((key) => repeated(() => customer.send(revision(key, "again")))));
  expect(refusals(revised.flat())).toEqual([]);
  expect(await store.count("product")).toBe(AGGREGATES * 2);
  for (const key of keys) expect(await versionsOf(key)).toEqual([`Lamp ${key}`, `Lamp ${key} again`]);
}, 60_000);

it("lets a caller read its own writes, whichever node took them", async () => {
  const opened = await customer.send({ action: "channel.open", params: MAIN_CHANNEL, idempotencyKey: "main" });
  if (!opened.ok) throw new Error(opened.detail);
  const { items } = (await customer.query("channel.list", { limit: 1 }, opened.token)) as { items: { id: string }[] };
  const channel = items[0]?.id ?? "";
  for (let n = 0; n < 6; n++) {
    const key = `zeppelin-${n}`;
    const outcome = await customer.send(creation(key, { channels: [channel] }));
    if (!outcome.ok) throw new Error(outcome.detail);
    const search = { q: `zeppelin ${n}`, channel, limit: 100 };
    const found = (await customer.query("product.search", search, outcome.token)) as { items: { id: string }[] };
    expect(found.items.map(({ id }) => id)).toContain(productIdOf(key));
  }
}, 60_000);

interface Worked {
  readonly acknowledged: string[];
  readonly refused: Outcome[];
  /** For the answer that took longest. */
  readonly waitedMs: number;
}

/** One seller's work on one product, until the test has seen enough: one change after the other. */
async function revising(key: string, enough: () => boolean): Promise<Worked> {
  const acknowledged: string[] = [];
  let waitedMs = 0;
  const refused: Outcome[] = [];
  for (let n = 0; !enough(); n++) {
    const name = `change ${n}`;
    const sent = Date.now();
    const outcome = await customer.send({ ...revision(key, name), idempotencyKey: `${key}/change/${n}` });
    waitedMs = Math.max(waitedMs, Date.now() - sent);
    if (outcome.ok) acknowledged.push(`Lamp ${key} ${name}`);
    else refused.push(outcome);
  }
  return { acknowledged, refused, waitedMs };
}

it("loses nothing that was acknowledged when a node is killed under load, and the node comes back", async () => {
  const killed = (await mall.run()).pids[SERVICES + 1] ?? 0;
  expect(isAlive(killed)).toBe(true);
  let done = false;
  const working = Promise.all(keys.map((key) => revising(key, () => done)));
  const before = await store.count("product");
  await eventually("the load is under way", async () => (await store.count("product")) > before + 100);
  process.kill(killed, "SIGKILL");
  const replaced = await eventually(
    "the node is back under another process id",
    async () => {
      const pid = (await mall.run()).pids[SERVICES + 1] ?? 0;
      return pid !== killed && isAlive(pid) && pid;
    },
    { timeoutMs: 60_000 },
  );
  const written = await store.count("product");
  await eventually("work goes on", async () => (await store.count("product")) > written + 300, { timeoutMs: 30_000 });
  done = true;
  const all = await working;
  expect(all.flatMap(({ refused }) => refused)).toEqual([]);
  // what was asked of the killed node is asked again as soon as that is known, not when it times out
  expect(Math.max(...all.map(({ waitedMs }) => waitedMs))).toBeLessThan(WAIT_MAX_MS);
  expect(mall.err()).toMatch(/node-2 .*ended \(SIGKILL\); starting it again/);
  expect(await mall.pids()).toContain(replaced);
  for (const [i, key] of keys.entries()) {
    expect((await versionsOf(key)).slice(2)).toEqual(all[i]?.acknowledged);
  }
}, 120_000);

it("answers at its address again when the node that serves it is killed", async () => {
  const killed = (await mall.run()).pids[SERVICES] ?? 0;
  const health = async (): Promise<number> => (await fetch(`${mall.url}/health/live`)).status;
  expect(await health()).toBe(200);
  process.kill(killed, "SIGKILL");
  await eventually("nothing answers", async () => (await health().catch(() => "gone")) === "gone", {
    timeoutMs: 20_000,
  });
  await eventually("it answers again", async () => (await health()) === 200, { timeoutMs: 60_000 });
  await eventually("the mall knows its new process", async () => !(await mall.run()).pids.includes(killed));
  expect((await mall.run()).url).toBe(mall.url);
}, 120_000);

it("opens an account with a role from the command line, and the person can log in", async () => {
  const account = { email: "ada@example.com", password: "a long walk to the mall" };
  const create = async () => {
    const flags = ["--role", "admin-support", "--password-stdin", "--data", mall.dataDir];
    const running = launch(["account", "create", account.email, ...flags], {}, `${account.password}\n`);
    return running.ended;
  };
  const { code, out, err } = await create();
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const [, id] = /The account (\S+) of ada@example.com is there, with the role admin-support/.exec(out) ?? [];
  const session = await fetch(`${mall.url}/v1/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(account),
  });
  expect(await session.json()).toMatchObject({ accountId: id });
  const grants = [{ role: "admin-support", party: null }];
  expect(await customer.query("account.get", { id: id ?? "" })).toMatchObject({ status: "active", grants });
  expect(await create()).toMatchObject({
    code: 1,
    err: expect.stringContaining("has an account already") as string,
  });
}, 60_000);

it("proves its histories and its index, and stops in order", async () => {
  const where = ["--data", mall.dataDir];
  expect(await stoa("verify", ...where)).toMatchObject({ code: 0 });
  expect(await stoa("drift", ...where)).toMatchObject({ code: 0 });
  const pids = await mall.pids();
  const { code, err } = await mall.stop();
  expect({ code, unclean: /did not stop/.test(err) }).toEqual({ code: 0, unclean: false });
  await noneLeft(pids);
}, 60_000);
