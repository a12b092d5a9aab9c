/** What is said of things that were bought: of the first administrator's, who has bought many at a till. */
import type { Scene, Stage, Story } from "../stage";
import { kept } from "./kept";
import { lineName, sold } from "./recorded.story";

const LINES = 20;
const SAID = { rating: 4, title: undefined, text: "A good lamp, bright and quiet.", language: "en" };

interface Till {
  readonly orderId: unknown;
  /** Of a line that nobody has reviewed. */
  next: number;
}

async function bought(stage: Stage): Promise<Till> {
  const params = await sold(stage, { customerId: stage.one.name, lines: LINES });
  const { id: orderId } = await stage.ask("order.record", { params });
  return { orderId, next: 0 };
}

/** There is one review of a line. */
async function writing(stage: Stage): Promise<Scene> {
  const till = await kept(stage, "till", LINES, () => bought(stage));
  return { as: stage.one, params: { orderId: till.orderId, lineId: lineName(till.next++), ...SAID } };
}

async function written(stage: Stage): Promise<unknown> {
  const { id } = await stage.ask("review.write", await writing(stage));
  return id;
}

const ofReview: Story = async (stage) => ({ as: stage.one, params: { id: await written(stage), ...SAID } });

async function reported(stage: Stage): Promise<Scene> {
  const id = await written(stage);
  await stage.ask("review.report", { as: stage.two, params: { id } });
  return { as: stage.one, params: { id } };
}

async function rejected(stage: Stage): Promise<Scene> {
  const { params = {} } = await reported(stage);
  await stage.ask("review.decide", { params: { ...params, verdict: "reject" } });
  return { as: stage.one, params: { ...params, text: "It was bright." } };
}

export const reviewStories: Readonly<Record<string, Story>> = {
  "review.write": writing,
  "review.revise": ofReview,
  "review.withdraw": ofReview,
  "review.get": async (stage) => ({
    as: stage.one,
    params: { id: await kept(stage, "review", LINES, () => written(stage)) },
  }),
  "review.answer": async (stage) => ({ as: stage.one, params: { id: await written(stage), text: "Thank you." } }),
  "review.report": async (stage) => ({ as: stage.two, params: { id: await written(stage) } }),
  "review.decide": reported,
  "review.appeal": rejected,
};
