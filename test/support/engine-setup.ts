/**
 * One search engine for a whole run of jest. This process offers it at an address of its own and starts it when the
 * first spec asks (see elasticsearch.ts): a run that needs none does not wait for one. It ends with the run.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ENGINE_OFFER, ownEngine, type Engine } from "./elasticsearch";

interface Offer {
  readonly server: Server;
  started?: Promise<Engine>;
}

/** Where the setup leaves what the teardown ends: jest runs both in one process and hands nothing on. */
const offers = globalThis as { stoaEngineOffer?: Offer };

/** jest calls this once per run that has a spec of a kind that may need the engine. */
export default async function setup(): Promise<void> {
  if (offers.stoaEngineOffer !== undefined || process.env["ELASTICSEARCH_URL"]) return;
  const server = createServer((_request, response) => {
    (offer.started ??= ownEngine()).then(
      ({ url }) => response.end(url),
      (fault: unknown) => response.writeHead(503).end(fault instanceof Error ? fault.message : String(fault)),
    );
  });
  const offer: Offer = { server };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // whoever kills jest in the middle must not be kept waiting by this
  server.unref();
  offers.stoaEngineOffer = offer;
  process.env[ENGINE_OFFER] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function endOffer(): Promise<void> {
  const offer = offers.stoaEngineOffer;
  if (offer === undefined) return;
  delete offers.stoaEngineOffer;
  offer.server.closeAllConnections();
  offer.server.close();
  const engine = await offer.started?.catch(() => undefined);
  await engine?.stop();
}
