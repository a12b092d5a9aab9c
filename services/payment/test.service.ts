/**
 * The embedded provider `test`: moves no money, and does on demand what a real one does on bad days. What it answers
 * follows from the card's token and the operation alone, so that it remembers nothing and says the same after any
 * crash. Tokens:
 *
 *   tok_ok                     authorised at once
 *   tok_declined, tok_broke    declined
 *   tok_challenge              the customer has to confirm at a page; then authorised
 *   tok_challenge_declined     … then declined
 *   tok_challenge_page         … and really goes there: only what is said at the page counts
 *   tok_challenge_ignored      … and never does
 *   tok_webhook                not settled at once: a webhook says so a moment later
 *   tok_webhook_doubled        … twice
 *   tok_webhook_reordered      … and an older word arrives after the newer one
 *   tok_webhook_lost           … which never arrives: only who asks is told
 *   tok_capture_declined       authorised, but nothing can be captured
 *   tok_refund_declined        … captured, but nothing can be given back
 *   tok_capture_late, tok_refund_late   … taken in, and refused a moment later: only who asks again is told
 */
import type { Outcome } from "../../models/payment/payment.operation.contract";
import { refuse } from "../../models/refusals";
import type { HeardMove, Move, PaymentProvider } from "./provider.service";
import { checkSignature, sign } from "./signature.service";

/** A webhook on its way: what was signed, and how long it takes. */
export interface TestWebhook {
  readonly payload: string;
  readonly signature: string;
  readonly afterMs: number;
}

export interface TestProviderDeps {
  readonly secret: string;
  readonly publicUrl: string;
  readonly nowMs: () => number;
  /** Takes a webhook to the mall; nobody waits for it. */
  readonly deliver: (webhook: TestWebhook) => void;
}

/** That they say they did it does not count. */
const WITHOUT_THEM = ["tok_challenge_ignored", "tok_challenge_page"];
const DELAY_MS = 300;
/** By then the bank has decided, also where nobody is told. */
const SETTLED_MS = 2_000;

const referenceOf = ({ kind, operationId }: Move): string => `test_${kind}_${operationId}`;
const declined = (reference: string, code: string): Outcome => ({
  status: "failed",
  code,
  detail: `The test provider declines by its token: ${code}.`,
  reference,
});

export const notAuthenticated = (reference: string): Outcome => declined(reference, "authentication_failed");

/** What is said of an authorisation in the end. */
function settled({ method }: Move, reference: string): Outcome {
  if (method === "tok_declined") return declined(reference, "card_declined");
  if (method === "tok_broke") return declined(reference, "insufficient_funds");
  if (method === "tok_challenge_declined") return notAuthenticated(reference);
  return { status: "done", reference };
}

const hook = (move: Move, outcome: Outcome): HeardMove => ({
  paymentId: move.paymentId,
  operationId: move.operationId,
  outcome,
});

const challenges = ({ method, strong }: Move): boolean => strong || method.startsWith("tok_challenge");

/** The webhooks that a token asks for, in the order of their arrival. */
function webhooksOf(move: Move, reference: string): readonly [outcome: Outcome, afterMs: number][] {
  const last = settled(move, reference);
  const early: Outcome = { status: "pending", reference };
  const plans: Readonly<Record<string, readonly [Outcome, number][]>> = {
    tok_webhook: [[last, DELAY_MS]],
    tok_webhook_doubled: [
      [last, DELAY_MS],
      [last, DELAY_MS],
    ],
    tok_webhook_reordered: [
      [last, DELAY_MS],
      [early, 2 * DELAY_MS],
    ],
  };
  return plans[move.method] ?? [];
}

function parsed(payload: string): HeardMove {
  try {
    const { paymentId, operationId, outcome } = JSON.parse(payload) as HeardMove;
    if (typeof paymentId === "string" && typeof operationId === "string") return { paymentId, operationId, outcome };
  } catch {
    // signed, and no JSON: it is of no use either way
  }
  return refuse("WEBHOOK_INVALID", "The webhook is signed, but cannot be read.");
}

export function testProvider(deps: TestProviderDeps): PaymentProvider {
  const { secret, publicUrl, nowMs, deliver } = deps;

  function tell(move: Move, reference: string): void {
    for (const [outcome, afterMs] of webhooksOf(move, reference)) {
      const payload = JSON.stringify(hook(move, outcome));
      deliver({ payload, signature: sign(secret, payload, nowMs()), afterMs });
    }
  }

  function authorised(move: Move): Outcome {
    const reference = referenceOf(move);
    const { method } = move;
    if (challenges(move)) {
      const url = `${publicUrl}/test-payment/${move.paymentId}`;
      return { status: "challenged", reference, url };
    }
    if (!method.startsWith("tok_webhook")) return settled(move, reference);
    tell(move, reference);
    return { status: "pending", reference };
  }

  return {
    name: "test",
    perform(move) {
      const reference = referenceOf(move);
      const { kind, method } = move;
      if (kind === "authorise") return Promise.resolve(authorised(move));
      if (method === `tok_${kind}_late`) return Promise.resolve({ status: "pending", reference });
      const refused = method === `tok_${kind}_declined`;
      return Promise.resolve(refused ? declined(reference, `${kind}_declined`) : { status: "done", reference });
    },
    look(move, reference, byCustomer) {
      const { method, at, kind } = move;
      const late = nowMs() - Date.parse(at) >= SETTLED_MS;
      if (kind !== "authorise") {
        return Promise.resolve(late ? declined(reference, `${kind}_declined`) : { status: "pending", reference });
      }
      if (challenges(move)) {
        const over = byCustomer && !WITHOUT_THEM.includes(method);
        return Promise.resolve(over ? settled(move, reference) : { status: "pending", reference });
      }
      return Promise.resolve(late ? settled(move, reference) : { status: "pending", reference });
    },
    hear(payload, signature) {
      checkSignature(secret, payload, signature, nowMs());
      return parsed(payload);
    },
  };
}
