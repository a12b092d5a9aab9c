/** Fills an empty mall with the demo market, by the same commands that anybody may send. */
import path from "node:path";
import { channelIdOf, channelsOf, MAIN_CHANNEL, openMainChannel } from "../client/channel";
import { inParallel } from "../client/in-parallel";
import { idMadeBy } from "../client/keys";
import type { Mall } from "../client/mall";
import { createTokens, whenSearchable, type Tokens } from "../client/settled";
import { folderPaths } from "../folder/folder";
import { createTracker, positionFile, type PositionFile, type Tracker } from "../import/position";
import { showProgress, type Progress, type Screen } from "../terminal/painter";
import { counted, durationText } from "../terminal/progress";
import { found, sent } from "./found";
import { marketOf, marketProduct, type MarketOptions, type MarketProduct } from "./market";
import { DAY_MS } from "./moments";

export const DEMO_SEED = 1;
export const DEMO_PRODUCTS = 2_000;
/** Products under way at once, each with all the commands of a round. */
const CONCURRENCY = 48;
const SEARCHABLE_WITHIN_MS = 120_000;
const SAVE_EVERY_MS = 1_000;

export interface Filling {
  readonly mall: Mall;
  /** The mall as a second person sees it, for what one alone cannot have done. */
  readonly second: Mall;
  readonly principalId: string;
  readonly products: number;
  readonly dataDir: string;
  readonly screen: Screen;
  readonly say: (line: string) => void;
}

/** What the hands that fill share. */
interface Fill {
  readonly mall: Mall;
  readonly tokens: Tokens;
  readonly tracker: Tracker;
  readonly counts: { rows: number; products: number };
}

async function sendProduct({ mall, tokens, counts }: Fill, { rounds }: MarketProduct): Promise<void> {
  let last: { readonly token: string }[] = [];
  for (const round of rounds) {
    last = await Promise.all(round.map((command) => sent(mall, command)));
    counts.rows += round.length;
  }
  tokens.add(last[0]?.token ?? "");
}

const marketIn = ({ principalId, products }: Filling, channelId: string): MarketOptions => ({
  seed: DEMO_SEED,
  products,
  principalId,
  channelId,
  // whole days, so that going on tells the same story
  untilMs: Math.floor(Date.now() / DAY_MS) * DAY_MS,
});

/** Saved once a second at most; one that is lost costs the time of sending some products again. */
function saving(position: PositionFile, tracker: Tracker): () => Promise<void> {
  let savedMs = Date.now();
  let busy = false;
  return async () => {
    if (busy || Date.now() - savedMs < SAVE_EVERY_MS) return;
    busy = true;
    await position.write(tracker.position());
    savedMs = Date.now();
    busy = false;
  };
}

async function sendAll(fill: Fill, market: MarketOptions, saved: () => Promise<void>, shown: Progress): Promise<void> {
  const { counts, tracker } = fill;
  await inParallel(marketOf(market), CONCURRENCY, async (product) => {
    if (tracker.isDone(product.number)) {
      counts.products += 1;
      return;
    }
    tracker.begin(product.number);
    await sendProduct(fill, product);
    tracker.settle(product.number, true);
    counts.products += 1;
    shown.update({ done: counts.rows, failed: 0, fraction: counts.products / market.products });
    await saved();
  });
}

async function fill(filling: Filling, position: PositionFile): Promise<void> {
  const { mall, screen, say } = filling;
  const startedMs = Date.now();
  const channelId = await channelIdOf(mall, MAIN_CHANNEL.code);
  const tracker = createTracker(await position.read());
  const market = marketIn(filling, channelId);
  const work = { mall, tokens: createTokens(), tracker, counts: { rows: 0, products: 0 } };
  const shown = showProgress("demo market", screen);
  await position.write(tracker.position());
  try {
    const { rows, token } = await found(mall, filling.second, market);
    work.counts.rows += rows;
    work.tokens.add(token);
    await sendAll(work, market, saving(position, tracker), shown);
  } finally {
    shown.end();
    await position.write(tracker.position());
  }
  const timeoutMs = SEARCHABLE_WITHIN_MS;
  await whenSearchable({ mall, tokens: work.tokens, channelId, timeoutMs, now: Date.now });
  await position.remove();
  const { rows, products } = work.counts;
  const time = durationText((Date.now() - startedMs) / 1_000);
  say(`the demo market is open: ${counted(products)} products and a year of changes, ${counted(rows)} rows in ${time}`);
}

async function exists(mall: Mall, id: string): Promise<boolean> {
  try {
    await mall.query("product.get", { id });
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("NOT_FOUND")) return false;
    throw error;
  }
}

/**
 * A mall is empty when it has no channel. A fill that was killed goes on: it has left its position.
 * @returns the id of a product of the market, or null for a mall that has other things in it
 */
export async function fillIfEmpty(
  filling: Filling,
): Promise<{ readonly productId: string | null; readonly filled: boolean }> {
  const { mall, principalId, dataDir } = filling;
  const channels = await channelsOf(mall);
  const channelId = idMadeBy(principalId, openMainChannel.action, openMainChannel.idempotencyKey);
  const { productId } = marketProduct(marketIn(filling, channelId), 0);
  const folder = path.resolve(folderPaths(dataDir).imports);
  const position = positionFile(folder, ["demo market", String(DEMO_SEED)]);
  if (channels.length === 0 || (await position.exists())) {
    await fill(filling, position);
    return { productId, filled: true };
  }
  return { productId: (await exists(mall, productId)) ? productId : null, filled: false };
}
