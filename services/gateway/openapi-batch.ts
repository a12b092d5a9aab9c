/** The route of many commands in the OpenAPI document: no contract makes it, for it is made of all of them. */
import { BATCH_MAX, BATCH_PATH, batchSchema } from "./batch";
import { jsonSchemaOf, type JsonSchema } from "./joi-schema";
import { refusalResponses } from "./openapi-parts";

const result: JsonSchema = {
  type: "object",
  description: "As the command would be answered alone: a receipt, a request for approval, or a problem.",
  properties: {
    status: { type: "integer" },
    token: { type: "string", description: "For queries that must see this; several are joined by commas." },
    ...{ id: { type: "string" }, version: { type: "integer" }, committedAt: { type: "string", format: "date-time" } },
    approval: { type: "object" },
    problem: { $ref: "#/components/schemas/Problem" },
  },
  required: ["status"],
};

const results: JsonSchema = {
  type: "object",
  properties: { results: { type: "array", maxItems: BATCH_MAX, items: result } },
  required: ["results"],
};

const summary = "Do many commands in one request, one after the other";

export const batchPaths = (): Record<string, Record<string, JsonSchema>> => ({
  [BATCH_PATH]: {
    post: {
      ...{ operationId: "batch", tags: ["batch"], summary },
      description:
        `Up to ${BATCH_MAX} commands by their operationId, each with its own permission and key. Together they are ` +
        "no transaction: the answer says of each how it went, in their order.",
      security: [{}, { token: [] }],
      parameters: [],
      requestBody: { required: true, content: { "application/json": { schema: jsonSchemaOf(batchSchema) } } },
      responses: {
        "200": { description: summary, content: { "application/json": { schema: results } } },
        ...refusalResponses("command"),
      },
    },
  },
});
