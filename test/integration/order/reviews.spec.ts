/** What buyers say: only of what was sent to them, judged and read by models, decided by people. */
import type { DecisionView } from "../../../models/decision/decision.contract";
import type { Receipt } from "../../../models/kernel/contract";
import type { ReviewView } from "../../../models/review/review.view.contract";
import { sendDue } from "../../support/due";
import type { Asked } from "../../support/memory-node";
import { openPurchases, type Purchases } from "./purchase";

const shopper = (id: string) => ({ id, permissions: [], grants: [{ role: "shopper", party: id }] });
const MIA = shopper("mia");
const SELLER = { id: "sam", permissions: [], grants: [{ role: "seller-staff", party: "seller-1" }] };
const STAFF = { id: "sue", permissions: ["review.moderate", "decision.read", "model.read", "model.write"] };

let mall: Purchases;
let silent = false;
beforeAll(async () => {
  mall = await openPurchases({
    between: ({ action }: Asked, go) =>
      silent && action === "moderation.judge" ? Promise.reject(new Error("nobody there")) : go(),
  });
});
afterAll(() => mall.mall.stop());

async function sent(): Promise<string> {
  const { id } = await mall.bought(1);
  await mall.mall.call(SELLER, "order.ship", { id });
  await mall.settle();
  return id;
}

const write = (orderId: string, text: string, rating = 5): Promise<Receipt> =>
  mall.mall.call<Receipt>(MIA, "review.write", { orderId, lineId: "l1", rating, title: "", text, language: "en" });
const get = (id: string): Promise<ReviewView> => mall.mall.call<ReviewView>(MIA, "review.get", { id });
const decisionOf = (id: string): Promise<DecisionView> => mall.mall.call<DecisionView>(STAFF, "decision.get", { id });

test("is written of what was sent, once, by who bought; judged, read, explained and replayed", async () => {
  const { id: unsent } = await mall.bought(1);
  await expect(write(unsent, "early")).rejects.toMatchObject({ type: "REVIEW_NOT_SENT" });
  const orderId = await sent();
  const asked = { orderId, lineId: "l1", rating: 5, text: "mine", language: "en" };
  await expect(mall.mall.call(shopper("eve"), "review.write", asked)).rejects.toMatchObject({ type: "FORBIDDEN" });
  const { id } = await write(orderId, "The light is great, but the price is terrible.", 4);
  await expect(write(orderId, "again")).rejects.toMatchObject({ type: "REVIEW_WRITTEN" });
  const found = await get(id);
  expect(found).toMatchObject({ status: "published", verified: true, sellerId: "seller-1", tone: "mixed" });
  expect(found.aspects).toEqual([
    { aspect: "light", tone: "praise" },
    { aspect: "price", tone: "complaint" },
  ]);
  for (const decisionId of [found.judgement.decisionId, found.sentimentDecisionId]) {
    expect(await mall.mall.call(STAFF, "decision.replay", { id: decisionId })).toMatchObject({ equal: true });
  }
  expect((await decisionOf(found.sentimentDecisionId ?? "")).outcome).toMatchObject({ label: "praise" });
});

test("what is held waits; the writer appeals, a person decides, and the model is told", async () => {
  const { id } = await write(await sent(), "The seller is an idiot", 1);
  const held = await get(id);
  expect(held).toMatchObject({ status: "held", waitingFor: "held", judgement: { by: "model", because: ["idiot"] } });
  const { explanation } = await decisionOf(held.judgement.decisionId ?? "");
  expect(explanation?.["en"]).toContain("“idiot”");
  await mall.mall.call(MIA, "review.appeal", { id, text: "He called me that first" });
  expect(await get(id)).toMatchObject({ waitingFor: "appeal", appeal: { text: "He called me that first" } });
  const decision = { id, verdict: "reject", note: "An insult all the same" };
  await expect(mall.mall.call(MIA, "review.decide", decision)).rejects.toMatchObject({ type: "FORBIDDEN" });
  await mall.mall.call(STAFF, "review.decide", decision);
  await sendDue(mall.mall, ["review"], new Date(Date.now() + 60_000).toISOString());
  expect((await decisionOf(held.judgement.decisionId ?? "")).outcome).toMatchObject({ label: "unpublishable" });
  await mall.mall.call(MIA, "review.revise", { id, rating: 1, text: "The seller was rude", language: "en" });
  expect(await get(id)).toMatchObject({ status: "held", waitingFor: "held" });
});

test("the seller answers in fit words; others report, the own one cannot be reported", async () => {
  const { id } = await write(await sent(), "It broke after a day", 1);
  const answer = (text: string) => mall.mall.call(SELLER, "review.answer", { id, text });
  await expect(answer("What a moron you are")).rejects.toMatchObject({
    type: "REVIEW_ANSWER_UNFIT",
    data: { because: ["moron"] },
  });
  await answer("We are sorry: send it back, it costs you nothing.");
  await mall.mall.call(shopper("eve"), "review.report", { id, reason: "untrue" });
  await expect(mall.mall.call(MIA, "review.report", { id, reason: "untrue" })).rejects.toMatchObject({
    type: "REVIEW_OWN",
  });
  expect(await get(id)).toMatchObject({
    ...{ status: "published", waitingFor: "report", reports: [{ reason: "untrue" }] },
    answer: { text: "We are sorry: send it back, it costs you nothing." },
  });
});

test("where no model can be asked, a person looks at it", async () => {
  const orderId = await sent();
  silent = true;
  const { id } = await write(orderId, "A fine lamp");
  silent = false;
  expect(await get(id)).toMatchObject({ status: "held", judgement: { decisionId: null }, tone: null });
});

test("a training on too few reviews makes nothing, and says so", async () => {
  const trained = await mall.call<{ skipped: string }>("sentiment.train", { id: "sentiment" });
  expect(trained.skipped).toContain("needed");
  expect((await mall.call<{ skipped: string }>("moderation.train", { id: "moderation" })).skipped).toContain("needed");
});
