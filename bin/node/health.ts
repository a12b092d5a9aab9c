/** Whether a node can do its work: every backing service is asked, each within a bounded time. */
import type { HealthReport } from "../../services/gateway/health";
import type { DeliveryHost } from "./delivery-host";
import type { ReadSide } from "./read-side";
import type { Store } from "./store";

export interface Asked {
  readonly store: Pick<Store, "ping">;
  readonly delivery: Pick<DeliveryHost, "status">;
  readonly readSide: Pick<ReadSide, "ping">;
}

type Check = HealthReport["checks"][number];

async function check(name: string, ask: () => Promise<void>, fine: string): Promise<Check> {
  try {
    await ask();
    return { name, ok: true, detail: fine };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

async function natsCheck(delivery: Asked["delivery"]): Promise<Check> {
  const status = await delivery.status();
  const why = status === null ? "Delivery is being started again" : "NATS is gone";
  const ok = status?.connected === true;
  return { name: "nats", ok, detail: ok ? "connected" : `${why}; commits wait in their histories` };
}

export async function healthOf({ store, delivery, readSide }: Asked): Promise<HealthReport> {
  const asked = await Promise.all([
    check("mongodb", () => store.ping(), "answers"),
    check("elasticsearch", () => readSide.ping(), "answers"),
    natsCheck(delivery),
  ]);
  return { checks: asked };
}
