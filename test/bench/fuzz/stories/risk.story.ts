/** What is thought of payments: decisions on them, and the large ones, which the policy holds until somebody looks. */
import { eventually } from "../../../support/eventually";
import { Stuck, type Scene, type Stage, type Story } from "../stage";
import { aReadyCart } from "./market";
import { bought, PAID } from "./purchase.story";

/** Worth more than the policy of the fuzz lets pass. */
const MANY = 1_000;

async function held(stage: Stage): Promise<string> {
  const { as, id: cartId } = await aReadyCart(stage, { quantity: MANY });
  const { id, status } = await stage.ask("checkout.start", { as, params: { id: cartId, ...PAID } });
  if (status !== "waiting") throw new Stuck(`a large checkout came to "${String(status)}"`);
  return String(id);
}

const ofHeld: Story = async (stage) => ({ as: stage.one, params: { id: await held(stage) } });

const NEWEST = { kind: "fraud", subject: undefined, about: undefined };

/** On a payment: such decisions can be taken again. */
async function decided(stage: Stage): Promise<Scene> {
  const ids = async (): Promise<readonly string[]> => {
    const { items } = await stage.ask("decision.list", { params: NEWEST });
    return (items as readonly { readonly id: string }[]).map(({ id }) => id);
  };
  if ((await ids()).length === 0) await bought(stage);
  const known = await eventually("a decision on a payment", async () => {
    const found = await ids();
    return found.length > 0 && found;
  });
  return { as: stage.one, params: { id: stage.random.pick(known) } };
}

export const riskStories: Readonly<Record<string, Story>> = {
  "decision.get": decided,
  "decision.outcome": decided,
  "decision.replay": decided,
  "assessment.get": ofHeld,
  "assessment.release": ofHeld,
  "assessment.releaseTogether": ofHeld,
  "assessment.reject": ofHeld,
};
