/** What the mall cannot bring to an end by itself is left to a person, once, and stays until it is said to be done. */
import type { ErrandView } from "../../../models/errand/errand.contract";
import type { PaymentView } from "../../../models/payment/payment.standing.contract";
import type { Principal } from "../../../services/kernel/call";
import { sendDue } from "../../support/due";
import { eventually } from "../../support/eventually";
import { openPurchases, type Purchases } from "./purchase";

const ANN: Principal = { id: "ann", permissions: [], grants: [{ role: "admin-support", party: null }] };
const MIA: Principal = { id: "mia", permissions: [], grants: [{ role: "shopper", party: "mia" }] };

let mall: Purchases;
beforeAll(async () => {
  mall = await openPurchases();
});
afterAll(() => mall.mall.stop());

/** The provider has said its last word, and whoever has to be told is. */
async function heard(id: string): Promise<void> {
  await eventually("the provider has answered", async () => {
    await mall.call("payment.settle", { id });
    const { operations } = await mall.call<PaymentView>("payment.get", { id });
    return operations.every(({ status }) => status !== "pending");
  });
  await sendDue(mall.mall, ["payment"], new Date(Date.now() + 60_000).toISOString());
}

const get = (id: string): Promise<ErrandView> => mall.mall.call<ErrandView>(ANN, "errand.get", { id });

test("a refund that the provider takes in and refuses later is left to a person, who says what was done", async () => {
  const { id, paymentId } = await mall.bought(2, "order", { method: "tok_refund_late" });
  await mall.call("order.refund", { id, amountMinor: 300, reason: "scratched" });
  await mall.settle();
  // for the order it is done: it was told that it is on its way
  expect(await mall.orderOf(id)).toMatchObject({ problems: [], money: { refundedMinor: 300 } });
  await expect(get(paymentId)).rejects.toMatchObject({ type: "NOT_FOUND" });
  await heard(paymentId);
  const left = { kind: "refund", status: "open", amountMinor: 300, currency: "EUR", customerId: "mia" };
  expect(await get(paymentId)).toMatchObject({ ...left, type: "refund_declined", note: null });
  expect((await get(paymentId)).todo).toContain("bank transfer");
  await expect(mall.mall.call(MIA, "errand.get", { id: paymentId })).rejects.toMatchObject({ type: "FORBIDDEN" });
  await mall.mall.call(ANN, "errand.close", { id: paymentId, note: "sent by bank transfer" });
  await heard(paymentId);
  expect(await get(paymentId)).toMatchObject({ status: "closed", note: "sent by bank transfer", amountMinor: 300 });
  const again = mall.mall.call(ANN, "errand.close", { id: paymentId, note: "once more" });
  await expect(again).rejects.toMatchObject({ type: "ERRAND_CLOSED" });
  // another refund of the same payment is another matter
  await mall.call("order.refund", { id, amountMinor: 200, reason: "and dented" });
  await mall.settle();
  await heard(paymentId);
  expect(await get(paymentId)).toMatchObject({ status: "open", amountMinor: 200, note: null });
});

test("what is refused at once stays with the order, and is left to nobody else", async () => {
  const { id, paymentId } = await mall.bought(1, "order", { method: "tok_refund_declined" });
  await mall.call("order.refund", { id, amountMinor: 100, reason: "scratched" });
  await mall.settle();
  expect((await mall.orderOf(id)).problems).toMatchObject([{ task: "refund" }]);
  await heard(paymentId);
  await expect(get(paymentId)).rejects.toMatchObject({ type: "NOT_FOUND" });
});
