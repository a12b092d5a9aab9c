/** What payment providers tell: signed as the embedded one signs. */
import { createPepper } from "../../../../services/kernel/pepper";
import { sign } from "../../../../services/payment/signature.service";
import { word } from "../hints";
import type { Story } from "../stage";

export const paymentStories: Readonly<Record<string, Story>> = {
  "payment.webhook": ({ secret, random }) => {
    const outcome = { status: "done", reference: word(random) };
    const payload = JSON.stringify({ paymentId: word(random), operationId: word(random), outcome });
    const signature = sign(createPepper(secret).mac("payment.webhook", "test"), payload, Date.now());
    const headers = { "test-signature": signature };
    return Promise.resolve({ params: { provider: "test" }, file: Buffer.from(payload), headers });
  },
};
