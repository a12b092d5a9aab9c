/** What customers and sellers are told about a purchase: once, in their language, and never who was erased. */
import type { Mail } from "../../../services/kernel/mail";
import type { MessageView } from "../../../models/message/message.contract";
import type { KeptMessage } from "../../../models/message/message.aggregate";
import { sendDue } from "../../support/due";
import { openPurchases, seller, type Purchases } from "./purchase";

const MIA = { id: "mia", permissions: [], grants: [{ role: "shopper", party: "mia" }] };
const SELLER = { id: "sam", permissions: [], grants: [{ role: "seller-staff", party: "seller-1" }] };

let mall: Purchases;
const mails: Mail[] = [];
const faults: object[] = [];

beforeAll(async () => {
  mall = await openPurchases();
  const { mailer } = mall.mall.node.identity;
  jest.spyOn(mailer, "deliver").mockImplementation((mail) => {
    const fault = faults.shift();
    if (fault) return Promise.reject(Object.assign(new Error("no"), fault));
    return Promise.resolve(void mails.push(mail));
  });
});
afterAll(() => mall.mall.stop());
beforeEach(() => mails.splice(0));

async function kept(): Promise<KeptMessage[]> {
  const histories = mall.mall.histories.get("message");
  const ids = [...new Set([...(histories?.rows.values() ?? [])].map(({ aggregateId }) => aggregateId))];
  return [...((await histories?.newest(ids)) ?? new Map()).values()].map(({ state }) => state as KeptMessage);
}
const about = async (cause: string): Promise<KeptMessage[]> => (await kept()).filter((one) => one.cause === cause);

test("a purchase is told step by step, and each step once, whoever carries it out again", async () => {
  const { id } = await mall.bought(2);
  expect(mails.map(({ to, subject }) => [to, subject])).toEqual([["mia@example.com", "Your order MAIN-100001"]]);
  await mall.mall.call(SELLER, "order.ship", { id, carrier: "DHL", tracking: "JJD01" });
  await mall.settle();
  await mall.call("order.refund", { id, amountMinor: 100, reason: "It was late" });
  await mall.settle();
  await mall.call("order.carryOut", { id });
  await mall.settle();
  expect(mails).toHaveLength(3);
  expect(mails[1]?.text).toMatch(/2 × Lamp[^]*DHL[^]*JJD01/);
  expect(mails[2]?.text).toMatch(/EUR 1\.00[^]*It was late/);
  // the link opens the order to whoever has it
  const [, key] = /\/track\?key=(\S+)/.exec(mails[0]?.text ?? "") ?? [];
  expect(await mall.mall.call(undefined, "order.track", { id, key })).toMatchObject({ id });
  expect((await mall.orderOf(id)).problems).toEqual([]);
});

test("one's own messages can be read, another's not, and staff finds what it was", async () => {
  const { id } = await mall.bought(1);
  const [{ id: messageId } = { id: "" }] = await about(`order/${id}`);
  const read = (who: object, action = "message.get") =>
    mall.mall.call<MessageView>(who as typeof MIA, action, { id: messageId });
  expect(await read(MIA)).toMatchObject({ recipient: "mia@example.com", status: "sent", text: mails[0]?.text });
  await expect(read({ ...MIA, id: "eve", grants: [{ role: "shopper", party: "eve" }] })).rejects.toMatchObject({
    type: "FORBIDDEN",
  });
  await expect(read(MIA, "message.resend")).rejects.toMatchObject({ type: "FORBIDDEN" });
  const staff = { id: "ann", permissions: [], grants: [{ role: "admin-support", party: null }] };
  await expect(read(staff, "message.resend")).rejects.toMatchObject({ type: "MESSAGE_STATUS" });
});

test("a mail server that is down puts a message off; what is asked for thrice at once is sent once", async () => {
  faults.push({ code: "ESOCKET", command: "CONN" });
  const { id } = await mall.bought(1);
  const [put] = await about(`order/${id}`);
  expect(put).toMatchObject({ status: "queued", attempts: 1, reason: "ESOCKET" });
  expect(mails).toEqual([]);
  // of the attempt that failed
  await mall.call("message.deliver", { id: put?.id, attempt: 1 });
  expect(mails).toEqual([]);
  await Promise.all([1, 2, 3].map(() => mall.call("message.deliver", { id: put?.id, attempt: 2 })));
  expect(mails).toHaveLength(1);
  expect(await about(`order/${id}`)).toMatchObject([{ status: "sent", attempts: 2, reason: null }]);
});

test("what may have gone out is not sent again, unless somebody says so", async () => {
  faults.push({ code: "ETIMEDOUT", command: "DATA" });
  const { id } = await mall.bought(1);
  const [lost] = await about(`order/${id}`);
  expect(lost).toMatchObject({ status: "failed", reason: "ETIMEDOUT", attempts: 1 });
  expect(mails).toEqual([]);
  await mall.call("message.resend", { id: lost?.id });
  await mall.settle();
  expect(mails).toHaveLength(1);
});

test("a process that died in the middle of sending leaves a message that says so", async () => {
  const { id } = await mall.bought(1);
  mails.splice(0);
  const message = { accountId: null, orderId: id, cause: `order/${id}`, language: "de", recipient: "max@example.com" };
  const letter = { template: "refund", number: "N", link: "https://mall.example", amountMinor: 1, currency: "EUR" };
  await mall.call("message.queue", { ...message, id: "interrupted", letter: { ...letter, reason: "return" } });
  await mall.call("message.attempt", { id: "interrupted", attempt: 1 });
  const found = () => mall.call<MessageView>("message.get", { id: "interrupted" });
  expect(await found()).toMatchObject({ status: "sending", subject: "Erstattung zu Ihrer Bestellung N" });
  await sendDue(mall.mall, ["message"], new Date(Date.now() + 600_000).toISOString());
  expect(await found()).toMatchObject({ status: "failed", reason: "INTERRUPTED" });
  expect(mails).toEqual([]);
});

test("a decided return is told to who asked, a payout to who owns the seller", async () => {
  const { id: orderId } = await mall.bought(2);
  await mall.mall.call(SELLER, "order.ship", { id: orderId });
  await mall.settle();
  const asked = { orderId, kind: "return", lines: [{ lineId: "l1", quantity: 1 }], reason: "does not fit" };
  const { id } = await mall.mall.call<{ id: string }>(MIA, "return.request", asked);
  mails.splice(0);
  await mall.mall.call(SELLER, "return.reject", { id, reason: "worn" });
  await mall.settle();
  expect(mails.map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^Your return for order .* is rejected$/),
  ]);
  expect(mails[0]?.text).toContain("Reason: worn");
  const { id: claim } = await mall.mall.call<{ id: string }>(MIA, "return.request", { ...asked, kind: "claim" });
  await mall.mall.call(SELLER, "return.approve", { id: claim });
  await mall.settle();
  expect(
    mails
      .slice(1)
      .map(({ subject }) => subject.replace(/MAIN-\d+/, "N"))
      .sort(),
  ).toEqual(["Refund for your order N", "Your claim for order N is settled"]);
  // this seller came by an import: nobody is known who owns it
  await mall.call("ledger.payOut", seller);
  await mall.settle();
  expect((await kept()).filter(({ template }) => template === "payout-statement")).toEqual([]);
});

test("a payout is told once to who owns the seller, with the way to its statement", async () => {
  const account = { email: "sue@example.com", emailKey: "s".repeat(32), language: "de" };
  await mall.call("account.open", { id: "sue", ...account });
  const sue = { id: "sue", permissions: [], grants: [{ role: "shopper", party: "sue" }] };
  const applied = { name: "Licht & Co", country: "DE", form: "company" };
  const { id: sellerId } = await mall.mall.call<{ id: string }>(sue, "seller.apply", applied);
  const payout = { id: "payout-1", sellerId, currency: "EUR", cycle: 1, amountMinor: 123_450, after: 0, upTo: 3 };
  await mall.call("payout.open", payout);
  await mall.settle();
  await mall.call("payout.confirm", { id: "payout-1", reference: "bank-1" });
  await mall.settle();
  expect(mails.map(({ to, subject }) => [to, subject])).toEqual([["sue@example.com", "Auszahlung 1 an Licht & Co"]]);
  expect(mails[0]?.text).toMatch(/1\.234,50 EUR[^]*\/v1\/payouts\/payout-1\/statement\.pdf/);
});

test("who was erased is told nothing any more", async () => {
  const account = { email: "mia@example.com", emailKey: "k".repeat(32), language: "en" };
  await mall.call("account.open", { id: "mia", ...account });
  await mall.call("account.verify", { id: "mia" });
  await mall.call("account.erase", { id: "mia" });
  const { id } = await mall.bought(1);
  expect(mails).toEqual([]);
  expect(await about(`order/${id}`)).toMatchObject([{ status: "failed", reason: "ERASED" }]);
});
