/**
 * What payment providers send of themselves: `POST /v1/payments/webhooks/{provider}`, signed in the header
 * `<Provider>-Signature` over the body byte by byte. Who sent it says the signature alone, so no token is asked for,
 * and one that comes along gives no rights.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { WEBHOOK_BYTES_MAX, type HearWebhook } from "../../models/payment/payment.contract";
import { refuse } from "../../models/refusals";
import type { Principal } from "../kernel/call";
import { refuseHere } from "./problem";
import { patternOf, type RouteDeps } from "./routes";

export const WEBHOOK_PATH = "/v1/payments/webhooks/{provider}";

/** May do nothing else; what is heard is believed for its signature. */
const PROVIDERS: Principal = { id: "webhooks", permissions: ["payment.hear"] };

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function textOf(body: unknown): string {
  if (!Buffer.isBuffer(body) || body.length === 0) return refuseHere("BODY_INVALID", "A webhook has a body.");
  try {
    return utf8.decode(body);
  } catch {
    return refuseHere("BODY_INVALID", "The body is not valid UTF-8.");
  }
}

function heard({ params, headers, body }: FastifyRequest): HearWebhook {
  const { provider } = params as { provider: string };
  const signature = headers[`${provider.toLowerCase()}-signature`];
  if (typeof signature !== "string" || signature === "") {
    return refuse("WEBHOOK_INVALID", `A webhook is signed: the header ${provider}-signature is missing.`);
  }
  return { provider, signature, payload: textOf(body) };
}

export async function addWebhooks(app: FastifyInstance, { call }: Pick<RouteDeps, "call">): Promise<void> {
  const url = patternOf(WEBHOOK_PATH);
  // in a scope of its own: read as JSON and written again, a body would not have the bytes that were signed
  await app.register((hooks, _options, done) => {
    hooks.removeAllContentTypeParsers();
    hooks.addContentTypeParser("*", { parseAs: "buffer" }, (_request, bytes, parsed) => parsed(null, bytes));
    hooks.post(url, { bodyLimit: WEBHOOK_BYTES_MAX }, (request) =>
      call("payment.webhook", heard(request), { meta: { principal: PROVIDERS, trace: request.id } }),
    );
    done();
  });
}
