import { payment, type PaymentEvent } from "../../../../models/payment/payment.aggregate";
import type { RequestOperation } from "../../../../models/payment/payment.contract";
import { given, NOW } from "../../../support/given";

const terms = { provider: "test", method: "tok_ok", currency: "EUR", amountMinor: 1_000, customerId: "mia" };
const history = given(payment);

type Kind = RequestOperation["kind"];
const ask = (kind: Kind, amountMinor = 0, more: object = {}): RequestOperation => ({
  ...{ id: "p1", operationId: `${kind}-new`, kind, amountMinor },
  ...more,
});
const requested = (kind: Kind, amountMinor: number, operationId = `${kind}-1`, more: object = {}): PaymentEvent => ({
  type: "payment.requested",
  data: { operationId, kind, amountMinor, status: "pending", at: NOW, looks: 0, ...more },
});
const done = (operationId: string): PaymentEvent => ({
  type: "payment.answered",
  data: { operationId, outcome: { status: "done", reference: operationId }, at: NOW },
});
const opened: PaymentEvent[] = [{ type: "payment.opened", data: terms }, requested("authorise", 1_000)];
const authorised: PaymentEvent[] = [...opened, done("authorise-1")];
const captured = (amountMinor: number, more: object = {}): PaymentEvent[] => [
  ...authorised,
  requested("capture", amountMinor, "capture-1", more),
  done("capture-1"),
];

describe("a payment", () => {
  it("takes no more than was authorised, what is under way included", () => {
    history(...authorised, requested("capture", 600))
      .when("payment.request", ask("capture", 400))
      .then(requested("capture", 400, "capture-new"));
    history(...authorised, requested("capture", 600))
      .when("payment.request", ask("capture", 401))
      .refused("PAYMENT_EXCEEDED", { leftMinor: 400 });
  });

  it("takes nothing before it is authorised, nor after the last capture", () => {
    history(...opened)
      .when("payment.request", ask("capture", 1))
      .refused("PAYMENT_STATUS", { status: "requested" });
    history(...captured(600, { final: true }))
      .when("payment.request", ask("capture", 1))
      .refused("PAYMENT_STATUS");
  });

  it("gives back no more than was taken, what is under way included", () => {
    history(...captured(600), requested("refund", 500))
      .when("payment.request", ask("refund", 100))
      .then(requested("refund", 100, "refund-new"));
    history(...captured(600), requested("refund", 500))
      .when("payment.request", ask("refund", 101))
      .refused("PAYMENT_EXCEEDED", { leftMinor: 100 });
  });

  it("counts a capture for a refund only when it is done", () => {
    history(...authorised, requested("capture", 600))
      .when("payment.request", ask("refund", 1))
      .refused("PAYMENT_EXCEEDED", { leftMinor: 0 });
  });

  it("takes the same operation once", () => {
    history(...authorised, requested("capture", 600))
      .when("payment.request", ask("capture", 600, { operationId: "capture-1" }))
      .then();
  });

  it("is voided for what was not taken, and not at all where nothing is left", () => {
    history(...captured(600))
      .when("payment.request", ask("void"))
      .then(requested("void", 400, "void-new"));
    history(...captured(1_000))
      .when("payment.request", ask("void"))
      .then();
  });

  it("that was voided before it was heard of can never be opened", () => {
    history()
      .when("payment.request", ask("void"))
      .then({ type: "payment.barred", data: {} })
      .andState({ status: "barred" });
    history({ type: "payment.barred", data: {} })
      .when("payment.request", ask("authorise", 1_000, { terms }))
      .refused("PAYMENT_STATUS", { status: "voided" });
  });

  it("hears a final answer once", () => {
    history(...authorised)
      .when("payment.record", {
        id: "p1",
        operationId: "authorise-1",
        outcome: { status: "failed", code: "late", detail: "Too late." },
      })
      .then();
  });
});
