/** Whether a node can do its work: every backing service is asked, each within a bounded time. */
import type { HealthReport } from "../../services/gateway/health";
import type { Delivery } from "./delivery";
import type { ReadSide } from "./read-side";
import type { Store } from "./store";

export interface Asked {
  readonly store: Pick<Store, "ping">;
  readonly delivery: Pick<Delivery, "stream" | "consumers">;
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

function natsCheck({ stream }: Asked["delivery"]): Check {
  const ok = stream.connected();
  return { name: "nats", ok, detail: ok ? "connected" : "NATS is gone; commits wait in their histories" };
}

export async function healthOf({ store, delivery, readSide }: Asked): Promise<HealthReport> {
  const asked = await Promise.all([
    check("mongodb", () => store.ping(), "answers"),
    check("elasticsearch", () => readSide.ping(), "answers"),
  ]);
  return { checks: [...asked, natsCheck(delivery)] };
}
