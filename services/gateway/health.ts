/** Whether this process lives, and whether it can do its work now. */
import type { FastifyInstance } from "fastify";

export interface HealthCheck {
  /** `mongodb` */
  readonly name: string;
  readonly ok: boolean;
  /** Why not, or what it found. */
  readonly detail: string;
}

/** Ready when every check is. */
export interface HealthReport {
  readonly checks: readonly HealthCheck[];
}

const TIMEOUT_MS = 5_000;

const missing = (detail: string): HealthReport => ({ checks: [{ name: "health", ok: false, detail }] });

/** A check that hangs or fails is an answer too: not ready. */
async function inTime(health: () => Promise<HealthReport>): Promise<HealthReport> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<HealthReport>((resolve) => {
    timer = setTimeout(() => resolve(missing(`The checks gave no answer within ${TIMEOUT_MS} ms.`)), TIMEOUT_MS);
  });
  try {
    return await Promise.race([health(), late]);
  } catch (error) {
    return missing(`The checks failed: ${error instanceof Error ? error.message : "for an unknown reason"}.`);
  } finally {
    clearTimeout(timer);
  }
}

export function addHealth(app: FastifyInstance, health: () => Promise<HealthReport>): void {
  const fresh = { "cache-control": "no-store" };
  app.get("/health/live", (_request, reply) => reply.headers(fresh).send({ status: "live" }));
  app.get("/health/ready", async (_request, reply) => {
    const { checks } = await inTime(health);
    const reasons = checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
    const ready = reasons.length === 0;
    return reply
      .code(ready ? 200 : 503)
      .headers(fresh)
      .send({ status: ready ? "ready" : "not-ready", reasons, checks });
  });
}
