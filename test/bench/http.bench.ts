/**
 * What does HTTP cost, and which layer takes it? The same client asks ever more of the same process; the processor's
 * time per request, the client's own share included, grows by what each layer adds.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fastify from "fastify";
import { issueToken } from "../../services/gateway/tokens";
import { httpClient, type HttpClient } from "./http-client";
import { median, rate, type Rate } from "./measure";
import { admin, openOffersNode, reprice, type OffersNode } from "./offers-node";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";

const IN_FLIGHT = 64;
const OFFERS = 500;
const ROUNDS = 3;

interface Layer {
  readonly name: string;
  readonly one: (n: number) => Promise<unknown>;
}

interface Open {
  readonly layers: readonly Layer[];
  close(): Promise<void>;
}

const price = (n: number) => ({ price: { amountMinor: 3_000_000 + n, currency: "EUR" } });

async function ok(client: HttpClient, method: string, path: string, body?: object): Promise<void> {
  const status = await client.send(method, path, body);
  if (status !== 200) throw new Error(`${method} ${path} was answered ${status}`);
}

/** The platform alone, and with the framework that the gateway is made of. */
async function bareLayers(): Promise<Open> {
  const plain = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.end('{"id":"x","version":1}'));
  });
  await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
  const framework = fastify();
  framework.put("/v1/offers/:id/price", () => ({ id: "x", version: 1 }));
  const url = await framework.listen({ port: 0, host: "127.0.0.1" });
  const clients = [`http://127.0.0.1:${(plain.address() as AddressInfo).port}`, url].map((to) =>
    httpClient(to, {}, IN_FLIGHT),
  );
  const names = ["node's own server", "Fastify bare: route, body read and parsed"];
  return {
    layers: clients.map((client, i) => ({
      name: names[i] ?? "",
      one: (n) => ok(client, "PUT", "/v1/offers/x/price", price(n)),
    })),
    async close() {
      for (const client of clients) client.close();
      await framework.close();
      plain.close();
    },
  };
}

function mallLayers(under: OffersNode): Open {
  const { node, ids, secret } = under;
  const authorization = `Bearer ${issueToken(secret, admin.principal)}`;
  const client = httpClient(node.url ?? "", { authorization }, IN_FLIGHT);
  const id = (n: number): string => ids[n % ids.length] ?? "";
  return {
    layers: [
      { name: "the gateway: request id, limits, headers (liveness)", one: () => ok(client, "GET", "/health/live") },
      {
        name: "who asks, permission, schema, broker (a query that the actor answers)",
        one: (n) => ok(client, "GET", `/v1/offers/${id(n)}`),
      },
      { name: "a command over HTTP", one: (n) => ok(client, "PUT", `/v1/offers/${id(n)}/price`, price(n)) },
      { name: "the same command through the action layer, without HTTP", one: reprice(under) },
    ],
    close: () => {
      client.close();
      return Promise.resolve();
    },
  };
}

async function measured({ name, one }: Layer, ask: Ask): Promise<Answer> {
  const seconds = sized(ask, 4, 1);
  await rate(IN_FLIGHT, seconds, one);
  const rounds: Rate[] = [];
  for (let i = 0; i < sized(ask, ROUNDS, 1); i++) rounds.push(await rate(IN_FLIGHT, seconds, one));
  const micros = Math.round(median(rounds.map(({ cpuMicros }) => cpuMicros)));
  return { question: `processor time per request: ${name}`, value: micros, unit: "µs", detail: rounds };
}

export async function httpBench(ask: Ask): Promise<Answer[]> {
  const under = await openOffersNode(sized(ask, OFFERS, 50), { STOA_GATEWAY: "yes" });
  const opened: Open[] = [];
  try {
    opened.push(await bareLayers(), mallLayers(under));
    const answers: Answer[] = [];
    for (const layer of opened.flatMap(({ layers }) => layers)) answers.push(await measured(layer, ask));
    return answers;
  } finally {
    for (const one of opened) await one.close();
    await under.stop();
  }
}
