/** The providers that the mall uses: `test` always, `stripe` where the configuration has its keys. */
import type { ServiceBroker } from "moleculer";
import { randomId } from "../../models/kernel/ids";
import type { Node } from "../kernel/node";
import { wait } from "../kernel/wait";
import type { PaymentProvider, Providers } from "./provider.service";
import { stripeProvider } from "./stripe.service";
import { testProvider, type TestWebhook } from "./test.service";

export interface ProvidersInUse {
  readonly providers: Providers;
  /** Of the service: from then on webhooks of the embedded provider arrive. */
  readonly started: (this: { broker: ServiceBroker }) => Promise<void>;
  readonly stopped: () => Promise<void>;
}

export function providersOf(node: Node): ProvidersInUse {
  const { pepper, publicUrl, accounts } = node.identity;
  const nowMs = (): number => Date.parse(node.clock.now());
  const stopping = new AbortController();
  let broker: ServiceBroker | null = null;

  /** As if it came through the door: signed, and by nobody who may do anything else. */
  async function arrive({ payload, signature, afterMs }: TestWebhook): Promise<void> {
    await wait(afterMs, stopping.signal);
    if (stopping.signal.aborted) return;
    const meta = { principal: { id: "webhooks", permissions: ["payment.hear"] }, trace: randomId() };
    await broker?.call("payment.webhook", { provider: "test", payload, signature }, { meta });
  }
  const test = testProvider({
    secret: pepper.mac("payment.webhook", "test"),
    publicUrl,
    nowMs,
    deliver: (webhook) => {
      arrive(webhook).catch((error: unknown) => node.log.warn({ err: error }, "A webhook of the test provider failed"));
    },
  });
  const { stripe: account } = accounts;
  const inUse: PaymentProvider[] = [test, ...(account ? [stripeProvider({ account, publicUrl, nowMs })] : [])];
  return {
    providers: new Map(inUse.map((one) => [one.name, one])),
    started(this: { broker: ServiceBroker }) {
      ({ broker } = this);
      return Promise.resolve();
    },
    stopped() {
      stopping.abort();
      return Promise.resolve();
    },
  };
}
