/** What is thought of payments: decisions on them, and the large ones, which the policy holds until somebody looks. */
import { Stuck, type Scene, type Stage, type Story } from "../stage";
import { kept } from "./kept";
import { aReadyCart } from "./market";
import { bought, PAID } from "./purchase.story";

/** Worth more than the policy of the fuzz lets pass. */
const MANY = 1_000;
const USES_MAX = 12;

async function held(stage: Stage): Promise<string> {
  const { as, id: cartId } = await aReadyCart(stage, { quantity: MANY });
  const { id, status } = await stage.ask("checkout.start", { as, params: { id: cartId, ...PAID } });
  if (status !== "waiting") throw new Stuck(`a large checkout came to "${String(status)}"`);
  return String(id);
}

const ofHeld: Story = async (stage) => ({ as: stage.one, params: { id: await held(stage) } });
/** What only looks, or asks for a second person, leaves it waiting. */
const ofKept: Story = async (stage) => ({
  as: stage.one,
  params: { id: await kept(stage, "held", USES_MAX, () => held(stage)) },
});

const NEWEST = { kind: "fraud", subject: undefined, about: undefined };

/** On payments: such decisions can be taken again. */
async function newest(stage: Stage): Promise<readonly string[]> {
  const ids = async (): Promise<readonly string[]> => {
    const { items } = await stage.ask("decision.list", { params: NEWEST });
    return (items as readonly { readonly id: string }[]).map(({ id }) => id);
  };
  const found = await ids();
  if (found.length > 0) return found;
  await bought(stage);
  return ids();
}

async function decided(stage: Stage): Promise<Scene> {
  const known = await kept(stage, "decisions", USES_MAX, () => newest(stage));
  if (known.length === 0) throw new Stuck("there is no decision on a payment");
  return { as: stage.one, params: { id: stage.random.pick(known) } };
}

export const riskStories: Readonly<Record<string, Story>> = {
  "decision.get": decided,
  "decision.outcome": decided,
  "decision.replay": decided,
  "assessment.get": ofKept,
  "assessment.release": ofHeld,
  "assessment.releaseTogether": ofKept,
  "assessment.reject": ofHeld,
};
