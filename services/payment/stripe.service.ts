/**
 * Stripe, through its own package: cards, authorised first and captured later. Every request carries its operation's
 * id as idempotency key, so that asked again it is the same one. Stripe forgets keys after a day: what is older is
 * looked for by the name that it carries before it is asked for anew. What does not answer throws, and is asked again.
 */
import Stripe from "stripe";
import type { Outcome } from "../../models/payment/payment.operation.contract";
import { refuse } from "../../models/refusals";
import type { OutsideAccount } from "../kernel/outside";
import type { Move, PaymentProvider } from "./provider.service";
import { amountThere, authorised, captured, heardIn, refunded, refusedBy, released } from "./stripe-answers.service";
import { TOLERANCE_SECONDS } from "./signature.service";

export interface StripeDeps {
  readonly account: OutsideAccount;
  /** Where a bank sends the customer back to. */
  readonly publicUrl: string;
  readonly nowMs: () => number;
}

/** Well below what the broker waits for an action, with one retry of the package. */
const TIMEOUT_MS = 10_000;
/** An hour less than Stripe remembers a key. */
const KEYS_LAST_MS = 23 * 3_600_000;
/** As many as a payment has operations. */
const REFUNDS_MAX = 100;

function clientOf({ secretKey, url }: OutsideAccount): Stripe {
  const shared = { timeout: TIMEOUT_MS, maxNetworkRetries: 1, telemetry: false };
  if (url === null) return new Stripe(secretKey, shared);
  const { protocol, hostname: host, port } = new URL(url);
  const safe = protocol === "https:";
  return new Stripe(secretKey, {
    ...{ ...shared, host, protocol: safe ? "https" : "http" },
    port: port === "" ? (safe ? 443 : 80) : Number(port),
  });
}

const named = ({ paymentId, operationId }: Move) => ({ payment: paymentId, operation: operationId });
const once = ({ operationId }: Move) => ({ idempotencyKey: operationId });

/** The provider's name for the payment. @throws Error while it has none: the authorisation is asked for first */
function intentOf({ authorisation, kind }: Move): string {
  if (authorisation !== null) return authorisation;
  throw new Error(`Stripe has not said yet what became of the authorisation: the ${kind} follows it`);
}

type Act = (move: Move) => Promise<Outcome>;
/** What became of a move, by the name that it carries there; null where nothing of it is found. */
type Find = (move: Move) => Promise<Outcome | null>;
type Moves<F> = Readonly<Record<Move["kind"], F>>;

function actsOf(client: Stripe, publicUrl: string): Moves<Act> {
  const { paymentIntents, refunds } = client;
  return {
    authorise: async (move) => {
      const { method, currency, amountMinor, strong } = move;
      const intent = await paymentIntents.create(
        {
          amount: amountThere(amountMinor, currency),
          currency: currency.toLowerCase(),
          ...{ confirm: true, capture_method: "manual", payment_method: method, payment_method_types: ["card"] },
          // orders of several sellers are captured one by one, where the account and the card can do that
          payment_method_options: {
            card: { request_multicapture: "if_available", ...(strong && { request_three_d_secure: "any" }) },
          },
          return_url: `${publicUrl}/`,
          metadata: named(move),
        },
        once(move),
      );
      return authorised(intent);
    },
    capture: async (move) => {
      const { operationId, amountMinor, currency, final } = move;
      const terms = {
        amount_to_capture: amountThere(amountMinor, currency),
        ...(!final && { final_capture: false }),
        metadata: { [operationId]: "captured" },
      };
      const { id, status } = await paymentIntents.capture(intentOf(move), terms, once(move));
      return { status: status === "processing" ? "pending" : "done", reference: id };
    },
    void: async (move) => {
      const { id } = await paymentIntents.cancel(intentOf(move), { cancellation_reason: "abandoned" }, once(move));
      return { status: "done", reference: id };
    },
    refund: async (move) => {
      const { amountMinor, currency, reason } = move;
      const amount = amountThere(amountMinor, currency);
      const metadata = { ...named(move), ...(reason !== null && { reason }) };
      return refunded(await refunds.create({ payment_intent: intentOf(move), amount, metadata }, once(move)));
    },
  };
}

function findsOf(client: Stripe): Moves<Find> {
  const { paymentIntents, refunds } = client;
  return {
    authorise: async ({ operationId }) => {
      const { data } = await paymentIntents.search({ query: `metadata['operation']:'${operationId}'`, limit: 1 });
      return data[0] ? authorised(data[0]) : null;
    },
    capture: async (move) => captured(await paymentIntents.retrieve(intentOf(move)), move.operationId),
    void: async (move) => released(await paymentIntents.retrieve(intentOf(move))),
    refund: async (move) => {
      const { data } = await refunds.list({ payment_intent: intentOf(move), limit: REFUNDS_MAX });
      const found = data.find(({ metadata }) => metadata?.["operation"] === move.operationId);
      return found ? refunded(found) : null;
    },
  };
}

/** Whether a move that failed may have been done before, when its key was forgotten or its answer lost. */
function mayBeDone({ kind }: Move, error: unknown, no: Outcome | null): boolean {
  return error instanceof Stripe.errors.StripeIdempotencyError || (no !== null && kind !== "authorise");
}

export function stripeProvider({ account, publicUrl, nowMs }: StripeDeps): PaymentProvider {
  const client = clientOf(account);
  const acts = actsOf(client, publicUrl);
  const finds = findsOf(client);

  async function act(move: Move): Promise<Outcome> {
    try {
      return await acts[move.kind](move);
    } catch (error) {
      const no = refusedBy(error);
      // a no to what is done already is a yes
      const found = mayBeDone(move, error, no) ? await finds[move.kind](move) : null;
      const outcome = found ?? no;
      if (outcome === null) throw error;
      return outcome;
    }
  }

  return {
    name: "stripe",
    async perform(move) {
      const forgotten = nowMs() - Date.parse(move.at) > KEYS_LAST_MS;
      return (forgotten ? await finds[move.kind](move) : null) ?? act(move);
    },
    async look(move, reference) {
      if (move.kind === "authorise") return authorised(await client.paymentIntents.retrieve(reference));
      if (move.kind === "refund") return refunded(await client.refunds.retrieve(reference));
      return (await finds[move.kind](move)) ?? { status: "pending", reference };
    },
    hear(payload, signature) {
      const { webhooks } = client;
      try {
        const { webhookSecret } = account;
        return heardIn(
          webhooks.constructEvent(payload, signature, webhookSecret, TOLERANCE_SECONDS, undefined, nowMs()),
        );
      } catch (error) {
        return unheard(error);
      }
    },
  };
}

/** @throws WEBHOOK_INVALID, WEBHOOK_STALE for what was signed well, but too long ago */
function unheard(error: unknown): never {
  const stale = error instanceof Error && /tolerance/.test(error.message);
  if (stale) return refuse("WEBHOOK_STALE", `The webhook was signed more than ${TOLERANCE_SECONDS} seconds ago.`);
  return refuse("WEBHOOK_INVALID", "The webhook is not signed by Stripe with the secret that was agreed on.");
}
