/** Fills an empty mall with the demo market, by the same commands that anybody may send. */
import { channelIdOf, channelsOf, MAIN_CHANNEL, openMainChannel } from "../client/channel";
import { inParallel } from "../client/in-parallel";
import { idMadeBy } from "../client/keys";
import type { Located } from "../client/locate";
import { openMall, type Mall } from "../client/mall";
import { createTokens, whenSearchable, type Tokens } from "../client/settled";
import { showProgress, type Screen } from "../terminal/painter";
import { Sentence } from "../terminal/sentence";
import { marketOf, type MarketProduct } from "./market";

export const DEMO_SEED = 1;
export const DEMO_PRODUCTS = 300;
const CONCURRENCY = 64;
const SEARCHABLE_WITHIN_MS = 120_000;

async function sendProduct(mall: Mall, { commands }: MarketProduct, tokens: Tokens): Promise<void> {
  let token = "";
  for (const command of commands) {
    const outcome = await mall.send(command);
    if (!outcome.ok) throw new Sentence(`The demo market could not be made: ${command.action}: ${outcome.detail}`);
    token = outcome.token;
  }
  tokens.add(token);
}

async function fill(mall: Mall, principalId: string, screen: Screen): Promise<void> {
  const channelId = await channelIdOf(mall, MAIN_CHANNEL.code);
  const market = marketOf({ seed: DEMO_SEED, products: DEMO_PRODUCTS, principalId, channelId });
  const progress = showProgress("demo market", screen);
  const tokens = createTokens();
  let done = 0;
  try {
    await inParallel(market, CONCURRENCY, async (product) => {
      await sendProduct(mall, product, tokens);
      done += 1;
      progress.update({ done, failed: 0, fraction: done / DEMO_PRODUCTS });
    });
  } finally {
    progress.end();
  }
  await whenSearchable({ mall, tokens, channelId, timeoutMs: SEARCHABLE_WITHIN_MS, now: Date.now });
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
 * A mall is empty when it has no channel. A fill that was killed goes on: its first product is there, its last is not.
 * @returns the id of a product of the market, or null for a mall that has other things in it
 */
export async function fillIfEmpty({ url, token, principalId }: Located, screen: Screen): Promise<string | null> {
  const mall = openMall({ url, token, connections: CONCURRENCY });
  try {
    const channels = await channelsOf(mall);
    const channelId = idMadeBy(principalId, openMainChannel.action, openMainChannel.idempotencyKey);
    const market = marketOf({ seed: DEMO_SEED, products: DEMO_PRODUCTS, principalId, channelId });
    const ids = [...market].map(({ productId }) => productId);
    const [first = "", last = ""] = [ids[0], ids.at(-1)];
    const begun = channels.length > 0;
    if (begun && !(await exists(mall, first))) return null;
    if (!begun || !(await exists(mall, last))) await fill(mall, principalId, screen);
    return first;
  } finally {
    await mall.close();
  }
}
