/** How long requests take, by route and status, beside whatever the rest of the process counts. */
import type { FastifyInstance } from "fastify";
import { Histogram, type Registry } from "prom-client";

const NAME = "stoa_http_request_seconds";
const BUCKETS_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Routes and not paths are the label: a path with an id in it would make a series of its own. */
const UNMATCHED = "unmatched";

export function addMetrics(app: FastifyInstance, registry: Registry): void {
  registry.removeSingleMetric(NAME);
  const seconds = new Histogram({
    name: NAME,
    help: "Time from the arrival of a request to the end of its answer",
    labelNames: ["method", "route", "status"],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  app.addHook("onResponse", (request, reply, done) => {
    const route = request.is404 ? UNMATCHED : (request.routeOptions.url ?? UNMATCHED);
    const labels = { method: request.method, route, status: reply.statusCode };
    seconds.observe(labels, reply.elapsedTime / 1_000);
    done();
  });
  app.get("/metrics", async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
