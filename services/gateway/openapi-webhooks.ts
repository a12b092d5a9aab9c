/** The route of webhooks in the OpenAPI document: what their body says is their provider's business. */
import type { AnyContract } from "../../models/kernel/contract";
import { WEBHOOK_BYTES_MAX } from "../../models/payment/payment.contract";
import { jsonSchemaOf, type JsonSchema } from "./joi-schema";
import { refusalResponses } from "./openapi-parts";
import { WEBHOOK_PATH } from "./webhooks";

const ACTION = "payment.webhook";

/** Of each provider its own; a webhook brings the one of the provider in its path. */
const signatureOf = (provider: string): JsonSchema => ({
  name: `${provider}-Signature`,
  in: "header",
  required: false,
  description: `Of webhooks of \`${provider.toLowerCase()}\`: \`t=<seconds>,v1=<hex of HMAC-SHA-256>\`.`,
  schema: { type: "string", maxLength: 1_000 },
});

/** @throws Error when no contract declares what hears webhooks */
export function webhookPaths(contracts: readonly AnyContract[]): Record<string, Record<string, JsonSchema>> {
  const contract = contracts.find(({ actions }) => actions[ACTION]);
  const action = contract?.actions[ACTION];
  if (!contract || !action?.result) throw new Error(`No contract declares ${ACTION}`);
  const { params, result, summary } = action;
  const { properties = {} } = jsonSchemaOf(params) as { properties?: Record<string, JsonSchema> };
  const provider = { name: "provider", in: "path", required: true, schema: properties["provider"] ?? {} };
  const operation: JsonSchema = {
    ...{ operationId: ACTION, tags: [contract.aggregate], summary },
    description:
      `As the provider sends it, ${WEBHOOK_BYTES_MAX >> 10} KiB at most. No token: who sent it says the signature, ` +
      "for five minutes. What comes twice, or too late to change anything, is recorded once.",
    security: [{}],
    parameters: [provider, signatureOf("Stripe"), signatureOf("Test")],
    requestBody: { required: true, content: { "application/json": { schema: { type: "object" } } } },
    responses: {
      "200": { description: summary, content: { "application/json": { schema: jsonSchemaOf(result) } } },
      ...refusalResponses("command"),
    },
  };
  return { [WEBHOOK_PATH]: { post: operation } };
}
