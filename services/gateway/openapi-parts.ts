/** What all operations share: headers, answers to commands, and refusals by status. */
import { STATUS_CODES } from "node:http";
import type { ActionKind } from "../../models/kernel/contract";
import type { JsonSchema } from "./joi-schema";
import { PROBLEM_TYPE, problemStatuses } from "./problem";
import { TOKENS_LENGTH_MAX } from "./write-token";

const text = (schema: JsonSchema): JsonSchema => ({ type: "string", ...schema });

export const HEADERS = {
  idempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    description: "Sent again with the same key and content, the command is done once and answered alike.",
    schema: text({ pattern: "^[\\x21-\\x7e]{1,200}$" }),
  },
  occurredAt: {
    name: "Occurred-At",
    in: "header",
    description: "When it happened in the business, for imports and replays; needs the permission time.backdate.",
    schema: text({ format: "date-time", examples: ["2026-01-31T09:30:00.000Z"] }),
  },
  ifMatch: {
    name: "If-Match",
    in: "header",
    description: "The version that the caller has seen; refused with 412 when the thing stands at another one.",
    schema: text({ pattern: '^"\\d{1,15}"$', examples: ['"7"'] }),
  },
  stoaToken: {
    name: "Stoa-Token",
    in: "header",
    description: "From the answers to commands, several joined by commas: the query waits until it sees what they did.",
    schema: text({ maxLength: TOKENS_LENGTH_MAX }),
  },
  token: {
    name: "token",
    in: "query",
    description: "The same as the header Stoa-Token, for links.",
    schema: text({ maxLength: TOKENS_LENGTH_MAX }),
  },
} as const satisfies Record<string, JsonSchema>;

const receipt: JsonSchema = {
  type: "object",
  description: "Which version a command has made.",
  properties: {
    id: { type: "string" },
    version: { type: "integer", minimum: 1 },
    committedAt: { type: "string", format: "date-time" },
  },
  required: ["id", "version", "committedAt"],
};

const fault: JsonSchema = {
  type: "object",
  description: "What is wrong with one field; `message` in the language of Accept-Language (en, de, ko, ar).",
  properties: {
    field: { type: "string", examples: ["variants[0].ean"] },
    message: { type: "string" },
    rule: { type: "string", examples: ["string.max"], description: "The same in every language" },
    given: { type: "object", description: "Bounds and names that the rule speaks of", additionalProperties: true },
  },
  required: ["field", "message"],
};

const problem: JsonSchema = {
  type: "object",
  description: "RFC 9457. Further members say what the refusal is about.",
  properties: {
    type: { type: "string", format: "uri" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    requestId: { type: "string" },
    faults: { type: "array", items: { $ref: "#/components/schemas/Fault" } },
  },
  required: ["type", "title", "status", "detail", "requestId"],
};

const answered = (description: string, more: JsonSchema): JsonSchema => ({
  description,
  headers: {
    ETag: { description: "The version, quoted.", schema: { type: "string" } },
    "Stoa-Token": { description: "For queries that must see this.", schema: { type: "string" } },
    ...more,
  },
  content: { "application/json": { schema: { $ref: "#/components/schemas/Receipt" } } },
});

const requested: JsonSchema = {
  type: "object",
  description: "Nothing is done yet: a second person has to approve it.",
  properties: {
    approval: {
      type: "object",
      properties: { id: { type: "string" }, status: { type: "string" } },
      required: ["id", "status"],
    },
  },
  required: ["approval"],
};

const location = { Location: { description: "Where to read what was made.", schema: { type: "string" } } };

/** Statuses that only the server's faults have, and those that only commands can meet. */
const INTERNAL = 500;
const COMMAND_ONLY = [409, 412, 413, 415, 422];
const NEVER_OF_A_ROUTE = [405, 408, 431];

const typesByStatus = (): Map<number, string[]> => {
  const found = new Map<number, string[]>([[INTERNAL, ["urn:stoa:error:INTERNAL"]]]);
  for (const [type, status] of Object.entries(problemStatuses)) {
    found.set(status, [...(found.get(status) ?? []), `urn:stoa:refusal:${type}`]);
  }
  return found;
};

function refusalResponse(status: number, types: readonly string[]): JsonSchema {
  const narrowed = { properties: { type: { enum: types }, status: { const: status } } };
  return {
    description: STATUS_CODES[status] ?? `Status ${status}`,
    content: { [PROBLEM_TYPE]: { schema: { allOf: [{ $ref: "#/components/schemas/Problem" }, narrowed] } } },
  };
}

/** The refusals that an action of this kind can meet, by status. */
export function refusalResponses(kind: ActionKind): Record<string, JsonSchema> {
  const statuses = [...typesByStatus().keys()].filter(
    (status) => !NEVER_OF_A_ROUTE.includes(status) && (kind !== "query" || !COMMAND_ONLY.includes(status)),
  );
  return Object.fromEntries(
    statuses.sort((a, b) => a - b).map((status) => [status, { $ref: `#/components/responses/Refusal${status}` }]),
  );
}

export function components(): JsonSchema {
  const refusals = [...typesByStatus()].map(([status, types]) => [`Refusal${status}`, refusalResponse(status, types)]);
  return {
    securitySchemes: {
      token: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "`npm start` prints one." },
    },
    schemas: { Receipt: receipt, Requested: requested, Problem: problem, Fault: fault },
    responses: {
      Created: answered("Made; the same again for a repeated Idempotency-Key.", location),
      Changed: answered("Done.", {}),
      Requested: {
        ...answered("Kept as a request for approval; the same again for a repeated Idempotency-Key.", location),
        content: { "application/json": { schema: { $ref: "#/components/schemas/Requested" } } },
      },
      ...(Object.fromEntries(refusals) as JsonSchema),
    },
  };
}
