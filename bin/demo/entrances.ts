/** Lets the demo market's people in, and has them do what they have done before anybody looks. Once; then only in. */
import { channelIdOf, MAIN_CHANNEL } from "../client/channel";
import type { Mall } from "../client/mall";
import { sentenceOf } from "../terminal/sentence";
import { DEMO_SEED } from "./fill";
import { sellerIdOf } from "./founding";
import { meetPeople, type Entrance } from "./people";
import { SELLERS } from "./sellers";
import { playStory } from "./story";

export interface Letting {
  readonly url: string;
  /** The administrator's. */
  readonly token: string;
  readonly dataDir: string;
  readonly secret: string;
  readonly mall: Mall;
  readonly second: Mall;
  readonly principalId: string;
  /** The market was filled just now: then its people come, and otherwise only those who are there. */
  readonly anew: boolean;
  readonly say: (line: string) => void;
}

/** Sells everything, so that it has something to sell in a market of any size. */
const DEMO_SELLER = SELLERS[0]?.slug ?? "";

async function letIn(letting: Letting): Promise<readonly Entrance[]> {
  const { mall, principalId, say } = letting;
  const sellerId = sellerIdOf({ seed: DEMO_SEED, principalId, untilMs: 0 }, DEMO_SELLER);
  const { entrances, opened } = await meetPeople({ ...letting, sellerId });
  const [shopper, seller] = opened ?? [];
  if (!shopper || !seller) return entrances;
  const startedMs = Date.now();
  const channelId = await channelIdOf(mall, MAIN_CHANNEL.code);
  const tokens = { shopper: shopper.accessToken, seller: seller.accessToken };
  await playStory({ ...letting, ...tokens, sellerId, channelId, currency: MAIN_CHANNEL.currency });
  say(`its people are in, and have bought and sold (${((Date.now() - startedMs) / 1_000).toFixed(1)} s)`);
  return entrances;
}

/** A market without them is a market still: what went wrong is said, and the mall opens. */
export async function letPeopleIn(letting: Letting): Promise<readonly Entrance[]> {
  try {
    return await letIn(letting);
  } catch (error) {
    letting.say(`the demo market's people could not come in: ${sentenceOf(error)}`);
    return [];
  }
}
