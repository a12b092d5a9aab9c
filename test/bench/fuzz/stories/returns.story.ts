/** What comes back: units of orders that are there for it, one after the other. */
import type { Person } from "../run";
import { Stuck, type Scene, type Stage, type Story } from "../stage";
import { kept } from "./kept";
import { aBuyer } from "./market";
import { bought, lineOf } from "./purchase.story";

const UNITS = 20;
const USES_MAX = 15;

interface Shipped {
  /** Who may send back what is theirs. */
  readonly by: Person;
  readonly orderId: string;
  readonly lineId: string;
}

async function shipped(stage: Stage): Promise<Shipped> {
  const by = aBuyer(stage);
  const { orderId } = await bought(stage, { as: by, quantity: UNITS });
  await stage.ask("order.ship", { params: { id: orderId } });
  return { by, orderId, lineId: await lineOf(stage, orderId) };
}

async function returning(stage: Stage): Promise<Scene> {
  const { by, orderId, lineId } = await kept(stage, "shipped", USES_MAX, () => shipped(stage));
  const lines = [{ lineId, quantity: 1 }];
  // against money, or against the offer that was bought, at what it costs now
  const articles = stage.random.chance(0.5) ? [{ offerId: lineId, quantity: 1 }] : undefined;
  const kind = articles ? "exchange" : "return";
  return { as: by, params: { orderId, lines, articles, kind, reason: "does not fit" } };
}

async function returned(stage: Stage, steps: readonly string[]): Promise<Scene> {
  const asked = await returning(stage);
  const { id } = await stage.ask("return.request", asked);
  for (const step of steps) await stage.ask(step, { params: { id } });
  const lines = asked.params?.["lines"] as readonly object[] | undefined;
  if (!lines) throw new Stuck("a return has no lines");
  const { sellerId } = await stage.ask("return.get", { params: { id } });
  const inspected = lines.map((line) => ({ ...line, restock: true }));
  return { as: stage.one, params: { id, sellerId, lines: inspected, keepMinor: undefined } };
}

const ofReturn =
  (...steps: readonly string[]): Story =>
  (stage) =>
    returned(stage, steps);

const ofKept: Story = (stage) => kept(stage, "return", USES_MAX, () => returned(stage, []));

export const returnStories: Readonly<Record<string, Story>> = {
  "return.request": returning,
  "return.approve": ofReturn(),
  "return.reject": ofReturn(),
  "return.withdraw": ofReturn(),
  "return.inspect": ofReturn("return.approve"),
  "return.get": ofKept,
  "return.terms": async (stage) => {
    const { by, orderId } = await kept(stage, "shipped", USES_MAX, () => shipped(stage));
    return { as: by, params: { orderId } };
  },
  "return.sold": ofKept,
};
