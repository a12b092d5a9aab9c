/** What the mall tells endpoints, in OpenAPI's own word `webhooks`: one entry per event that can be chosen. */
import { EVENT_TYPES } from "../../models/webhook/webhook.catalogue.contract";
import type { JsonSchema } from "./joi-schema";

const text = (description: string): JsonSchema => ({ type: "string", description });

function payload(type: string): JsonSchema {
  return {
    type: "object",
    required: ["id", "type", "timestamp", "position", "aggregate", "aggregateId", "version", "data"],
    properties: {
      id: text("As the header `webhook-id`: the same each time that this is told"),
      type: { type: "string", const: type },
      timestamp: { type: "string", format: "date-time" },
      position: text("Orders commits across the mall"),
      aggregate: { type: "string", const: type.slice(0, type.indexOf(".")) },
      aggregateId: { type: "string" },
      version: { type: "integer", minimum: 1, description: "Of one thing the higher one is the later" },
      data: { type: "object", description: "Of the event, what the same party reads of the thing by the API" },
    },
  };
}

const header = (name: string, description: string): JsonSchema => ({
  ...{ name, in: "header", required: true, description },
  schema: { type: "string" },
});

const signed = [
  header("webhook-id", "Names what is told"),
  header("webhook-timestamp", "Seconds since 1970, of this attempt"),
  header("webhook-signature", "Standard Webhooks: `v1,` and the signature, one per secret, with spaces between"),
];

export const toldWebhooks = (): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(
    EVENT_TYPES.map((type) => [
      type,
      {
        post: {
          tags: ["webhook"],
          summary: `Told to endpoints that chose ${type}`,
          parameters: signed,
          requestBody: { required: true, content: { "application/json": { schema: payload(type) } } },
          responses: { "2XX": { description: "It was taken" } },
        },
      },
    ]),
  );
