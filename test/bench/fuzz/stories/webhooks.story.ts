/** Endpoints of the mall that are told nothing anybody hears: their name stands for no address (RFC 2606). */
import type { Stage, Story } from "../stage";
import { kept } from "./kept";

type Body = Readonly<Record<string, unknown>>;

const URL = "https://endpoint.invalid/stoa";
/** There is a bound on endpoints; whoever makes room here is rarely in another's way. */
const FULL = 40;
const USES = 10;
const MADE: Body = { url: URL, events: ["order.placed"], sellerId: undefined, channelId: undefined };

async function makeRoom(stage: Stage): Promise<void> {
  const as = stage.one;
  const { items } = await stage.ask("webhook.list", { as, params: { sellerId: undefined } });
  const all = items as readonly Body[];
  if (all.length >= FULL) await stage.ask("webhook.remove", { as, params: { id: all[0]?.["id"] } });
}

async function added(stage: Stage): Promise<string> {
  await makeRoom(stage);
  return String((await stage.ask("webhook.add", { as: stage.one, params: MADE })).id);
}

/** One that several requests are made of, by what they do to it. */
const onOne =
  (name: string, more: Body = {}): Story =>
  async (stage) => {
    const id = await kept(stage, name, USES, () => added(stage));
    return { as: stage.one, params: { id, sellerId: undefined, ...more } };
  };

const looked = "webhook that is told";
const turned = "webhook that is turned";

export const webhookStories: Readonly<Record<string, Story>> = {
  "webhook.add": async (stage) => {
    await makeRoom(stage);
    return { as: stage.one, params: MADE };
  },
  "webhook.get": onOne(looked),
  "webhook.revise": onOne(looked, { url: undefined, events: undefined, channelId: undefined, description: "told" }),
  "webhook.disable": onOne(turned),
  "webhook.enable": onOne(turned),
  "webhook.remove": async (stage) => ({ as: stage.one, params: { id: await added(stage) } }),
  "webhook.rotate": onOne(looked),
  "webhook.replay": onOne(looked, { from: "2026-01-01T00:00:00Z", until: "2026-01-02T00:00:00Z" }),
  "webhook.deliveries": onOne(looked, { status: undefined, cursor: undefined }),
  "webhook.test": onOne(looked),
  "webhook.redeliver": async (stage) => {
    const [as, id] = [stage.one, await kept(stage, looked, USES, () => added(stage))];
    const { deliveryId } = await stage.ask("webhook.test", { as, params: { id, sellerId: undefined } });
    return { as, params: { id, deliveryId, sellerId: undefined } };
  },
};
