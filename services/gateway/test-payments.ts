/**
 * The page at which a person confirms or declines a payment of the embedded provider, as at a bank's:
 * `/test-payment/{id}`. Plain forms, for it must work in any browser; nothing of what is sent is believed but which
 * button it was.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { amountText } from "../../models/kernel/money";
import { isRefusal } from "../../models/kernel/refusal";
import type { PaymentView } from "../../models/payment/payment.standing.contract";
import type { Principal } from "../kernel/call";
import { refuseHere } from "./problem";
import type { RouteDeps } from "./routes";

/** Looks at payments, and hears what is said of them. */
const PAGE: Principal = { id: "test-payments", permissions: ["payment.read", "payment.hear"] };
const PATH = "/test-payment/:id";
const BODY_BYTES_MAX = 1_024;

type Asked = FastifyRequest<{ Params: { readonly id: string } }>;

const FORM = `<form method="post"><button formaction="?answer=confirm">Confirm</button>
<button formaction="?answer=decline">Decline</button></form>`;

const SAID: Readonly<Record<PaymentView["status"], string>> = {
  requested: "The payment is not ready yet: reload this page.",
  challenged: "Do you want to pay?",
  authorised: "Confirmed. Go back to the shop.",
  declined: "Declined. Go back to the shop.",
  voided: "The purchase was given up. There is nothing left to confirm.",
};

/** No word of anybody's stands in it: amounts, and words of this file. */
function page({ status, amountMinor, currency }: PaymentView): string {
  const amount = amountText(amountMinor, currency ?? "EUR");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Test payment</title></head>
<body><main><h1>Test payment of ${amount}</h1><p>This page stands for a bank's. No money is moved.</p>
<p role="status">${SAID[status]}</p>${status === "challenged" ? FORM : ""}</main></body></html>
`;
}

const nothingHere = (): never => refuseHere("ROUTE_NOT_FOUND", "There is no test payment under this address.");

function addPage(app: FastifyInstance, { call }: Pick<RouteDeps, "call">): void {
  const as = (request: FastifyRequest) => ({ meta: { principal: PAGE, trace: request.id } });

  async function payment(request: Asked): Promise<PaymentView> {
    try {
      const found = (await call("payment.get", { id: request.params.id }, as(request))) as PaymentView;
      return found.provider === "test" ? found : nothingHere();
    } catch (error) {
      // what is no id is as little here as what is nobody's
      if (isRefusal(error, "NOT_FOUND") || isRefusal(error, "VALIDATION_FAILED")) return nothingHere();
      throw error;
    }
  }
  app.get(PATH, async (request: Asked, reply: FastifyReply) => {
    const text = page(await payment(request));
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(text);
  });
  app.post(PATH, { bodyLimit: BODY_BYTES_MAX }, async (request: Asked, reply: FastifyReply) => {
    const [, answer] = /[?]answer=(confirm|decline)$/.exec(request.url) ?? [];
    if (answer === undefined) return refuseHere("QUERY_INVALID", "The answer is confirm or decline.");
    const { id } = await payment(request);
    await call("payment.answer", { id, answer }, as(request));
    // reloading must not answer again
    return reply.redirect(`/test-payment/${id}`, 303);
  });
}

export async function addTestPayments(app: FastifyInstance, deps: Pick<RouteDeps, "call">): Promise<void> {
  // in a scope of its own: forms are read here, and nowhere else
  await app.register((forms, _options, done) => {
    forms.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "buffer" }, (_request, _bytes, read) =>
      read(null, {}),
    );
    addPage(forms, deps);
    done();
  });
}
