/**
 * A few units of one thing, many who want it at once over HTTP, and three nodes of which some are killed while they
 * sell: exactly what is there is sold, and everybody else is told what can be had.
 */
import path from "node:path";
import { channelsOf } from "../../../bin/client/channel";
import { idMadeBy } from "../../../bin/client/keys";
import { ADMIN } from "../../../bin/client/locate";
import type { Mall } from "../../../bin/client/mall";
import { runningMall } from "../../../bin/folder/run-file";
import { customerOf } from "../../support/customer";
import { eventually } from "../../support/eventually";
import { testFolder } from "../../support/folder";
import { startMall, type RunningMall } from "../../support/mall";
import { freePort } from "../../support/nats";
import { storeOf, type StoredRows } from "../../support/store-of";
import { chanceOf, type Chance } from "../simulator/random";
import { buyer, readyCart, type Bought, type Shop } from "./buyers";
import { soldFaults, type Sale } from "./sold";

export interface SaleRound {
  readonly round: number;
  readonly units: number;
  readonly buyers: number;
  readonly killed: number;
  /** Of those who came at once. */
  readonly soldInRush: number;
  /** Until everybody had a definite answer. */
  readonly rushMs: number;
  readonly faults: readonly string[];
}

export interface SalesOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly units?: number;
  readonly buyers?: number;
  readonly onRound?: (round: SaleRound) => void;
  /** Of the mall: where it finds a service that is not its own. */
  readonly env?: NodeJS.ProcessEnv;
}

const NODES = 3;
const KILLS = 2;
const KILL_WITHIN_MS = 1_500;
const MINUTE_MS = 60_000;
const SELLER = "chaos";
const LOCATIONS = ["berlin", "hamburg"];
const PATIENCE = { attemptsMax: 200, firstDelayMs: 50, delayMsMax: 1_000 };

interface Scene {
  readonly chance: Chance;
  readonly mall: RunningMall;
  readonly admin: Mall;
  readonly store: StoredRows;
  readonly shop: Shop;
  readonly units: number;
  readonly buyers: number;
}

const made = (action: string, key: string): string => idMadeBy(ADMIN.id, action, key);

/** @returns the token of what was done */
async function does(admin: Mall, action: string, key: string, params: object): Promise<string> {
  const outcome = await admin.send({ action, params, idempotencyKey: key });
  if (!outcome.ok) throw new Error(`${action} was refused: ${outcome.detail}`);
  return outcome.token;
}

async function openShop(admin: Mall): Promise<Shop> {
  const main = { code: "main", name: { en: "Main" }, currency: "EUR", languages: ["en"], taxInclusive: true };
  const token = await does(admin, "channel.open", "channel", { ...main, countries: ["DE"] });
  const [channel] = await channelsOf(admin, token);
  await does(admin, "tax.set", "tax", { country: "DE", name: { en: "VAT" }, standardBp: 1_900 });
  const zones = [{ countries: ["DE"], steps: [{ priceMinor: 490 }] }];
  await does(admin, "shipping.create", "post", { name: { en: "Post" }, currency: "EUR", zones });
  const methodId = made("shipping.create", "post");
  return { url: admin.url, channelId: channel?.id ?? "", sellerId: SELLER, methodId };
}

/** Another thing in each round, in two places. */
async function openSale({ admin, shop, units }: Scene, round: number): Promise<Sale> {
  const key = `thing-${round}`;
  await does(admin, "product.create", key, { title: { en: key }, channels: [shop.channelId], publish: true });
  const [productId, offerId] = [made("product.create", key), made("offer.make", key)];
  const price = { amountMinor: 1_000, currency: "EUR" };
  await does(admin, "offer.make", key, { productId, sellerId: SELLER, sku: key, price, condition: "new" });
  const first = Math.ceil(units / 2);
  for (const [n, location] of LOCATIONS.entries()) {
    const quantity = n === 0 ? first : units - first;
    await does(admin, "stock.receive", `${key}-${location}`, { offerId, location, quantity });
  }
  return { offerId, sellerId: SELLER, locations: LOCATIONS, units };
}

const moment = (ms: number): Promise<unknown> => {
  const end = performance.now() + ms;
  return eventually("its moment", () => performance.now() >= end);
};

/** The supervisor starts it again, under another process id. */
async function killOne({ mall, chance }: Scene): Promise<void> {
  await moment(chance.below(KILL_WITHIN_MS));
  const before = (await mall.run()).pids;
  const index = before.length - NODES + chance.below(NODES);
  const pid = before[index] ?? 0;
  process.kill(pid, "SIGKILL");
  await eventually("the node is back", async () => (await mall.run()).pids[index] !== pid, { timeoutMs: MINUTE_MS });
}

async function strike(scene: Scene): Promise<void> {
  for (let n = 0; n < KILLS; n++) await killOne(scene);
}

/** One after the other, until there is nothing left: what somebody held who then went away is sold to them. */
async function lateBuyers({ shop, units }: Scene, { offerId }: Sale): Promise<Bought[]> {
  const late: Bought[] = [];
  for (let n = 0; n <= units; n++) {
    const one = await buyer(shop, await readyCart(shop, offerId));
    late.push(one);
    if (one.status !== "done") return late;
  }
  return late;
}

async function playRound(scene: Scene, round: number): Promise<SaleRound> {
  const { shop, store, units, buyers } = scene;
  const sale = await openSale(scene, round);
  const carts = await Promise.all(Array.from({ length: buyers }, () => readyCart(shop, sale.offerId)));
  const began = performance.now();
  const [rush] = await Promise.all([Promise.all(carts.map((cart) => buyer(shop, cart))), strike(scene)]);
  const rushMs = Math.round(performance.now() - began);
  const all = [...rush, ...(await lateBuyers(scene, sale))];
  const faults = await soldFaults(store, sale, all);
  const soldInRush = rush.filter(({ status }) => status === "done").length;
  return { round, units, buyers, killed: KILLS, soldInRush, rushMs, faults };
}

export async function playSales({
  rounds,
  seed,
  units = 10,
  buyers = 40,
  env,
  onRound,
}: SalesOptions): Promise<SaleRound[]> {
  const folder = await testFolder();
  const dataDir = path.join(folder.path, "data");
  // a gateway that is killed comes back where its callers look for it
  const port = String(await freePort());
  const args = ["--empty", "--nodes", String(NODES), "--port", port];
  const mall = await startMall({ dataDir, args, ...(env && { env }) });
  const admin = await customerOf({ url: mall.url, dataDir, patience: PATIENCE });
  const run = await runningMall(dataDir);
  if (run === null) throw new Error("The mall runs, and has no run.json");
  const store = await storeOf(run);
  const played: SaleRound[] = [];
  try {
    const scene = { chance: chanceOf(seed), mall, admin, store, shop: await openShop(admin), units, buyers };
    for (let round = 1; round <= rounds; round++) {
      const done = await playRound(scene, round);
      played.push(done);
      onRound?.(done);
    }
  } finally {
    await admin.close();
    await store.close();
    await mall.stop();
    await folder.remove();
  }
  return played;
}
