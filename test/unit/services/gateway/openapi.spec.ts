import Joi, { type Schema } from "joi";
import { contracts } from "../../../../models/contracts";
import { jsonSchemaOf } from "../../../../services/gateway/joi-schema";
import { openApi } from "../../../../services/gateway/openapi";

const document = openApi(contracts);

function refsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === "$ref" && typeof member === "string" ? [member] : refsIn(member),
  );
}

const at = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split("/")
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], document);

interface Operation {
  readonly operationId: string;
  readonly parameters: { name: string; in: string; required?: boolean; schema: object }[];
  readonly requestBody?: { required: boolean; content: { "application/json": { schema: Record<string, unknown> } } };
  readonly security: object[];
  readonly responses: Record<string, unknown>;
}

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...(operation as unknown as Operation) })),
);
const operation = (id: string) => operations.find(({ operationId }) => operationId === id);

/** No contract makes these routes: see openapi-files.ts. */
/** What no contract makes a route for. */
const OTHERS = [
  "batch POST /v1/batch",
  "payment.webhook POST /v1/payments/webhooks/{provider}",
  "asset.upload POST /v1/assets",
  "asset.replace POST /v1/assets/{id}/content",
  "goods.keep POST /v1/sellers/{sellerId}/offers/{offerId}/file",
  "job.upload POST /v1/jobs/files",
];

describe("the document", () => {
  test("has every action of every contract, once, under its own address", () => {
    const declared = contracts.flatMap(({ actions }) =>
      Object.entries(actions).flatMap(([name, { http }]) => (http ? [`${name} ${http.method} ${http.path}`] : [])),
    );
    const described = operations.map(
      ({ operationId, method, path }) => `${operationId} ${method.toUpperCase()} ${path}`,
    );
    expect(described.sort()).toEqual([...declared, ...OTHERS].sort());
  });

  test.each([
    ["asset.upload", "201"],
    ["asset.replace", "200"],
    ["goods.keep", "200"],
    ["job.upload", "201"],
  ])("has %s, whose body is a file as it is", (name, answered) => {
    const found = operation(name);
    expect(Object.keys(found?.requestBody?.content ?? {})).toEqual(["application/octet-stream"]);
    expect([found?.responses[answered], found?.security]).toEqual([expect.any(Object), [{ token: [] }]]);
  });

  test("says what may stand in the query string of an upload", () => {
    const said = operation("asset.upload")?.parameters.map(({ name, in: place }) => `${place} ${name}`);
    expect(said).toEqual(["query name", "query sellerId", "header Idempotency-Key", "header Occurred-At"]);
  });

  test("resolves every reference, and uses what it defines", () => {
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(100);
    for (const ref of new Set(refs)) expect([ref, typeof at(ref)]).toEqual([ref, "object"]);
  });

  const SOMETIMES_TWO = ["/v1/accounts/{id}/grants", "/v1/orders/{id}/edit", "/v1/orders/{id}/refund"];

  test("declares every param of every path, and answers with success and refusals", () => {
    for (const { path, parameters, responses } of operations) {
      const inPath = parameters.filter((one) => one.in === "path").map(({ name }) => `{${name}}`);
      expect(path.match(/\{\w+\}/g) ?? []).toEqual(inPath);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(["400", "401", "403", "429", "500", "503"]));
      // done, or kept as a request: one of both, but where what is asked decides
      const good = Object.keys(responses).filter((status) => status.startsWith("2"));
      expect(good).toEqual(SOMETIMES_TWO.includes(path) ? ["200", "202"] : [expect.any(String)]);
    }
  });

  test("asks for a token wherever not everybody may enter", () => {
    expect(operation("product.create")?.security).toEqual([{ token: [] }]);
    expect(operation("product.search")?.security).toEqual([{}, { token: [] }]);
  });

  test("names the headers that each kind of action takes", () => {
    const headers = (id: string) => operation(id)?.parameters.flatMap((one) => (one.in === "header" ? one.name : []));
    expect(headers("product.create")).toEqual(["Idempotency-Key", "Occurred-At"]);
    expect(headers("product.revise")).toEqual(["Idempotency-Key", "Occurred-At", "If-Match"]);
    expect(headers("product.get")).toEqual(["Stoa-Token"]);
  });

  test("takes the params of the path out of the body, and out of the count of its fields", () => {
    const body = operation("product.revise")?.requestBody;
    expect(body?.required).toBe(true);
    const { properties, minProperties, required } = body?.content["application/json"].schema ?? {};
    expect(Object.keys(properties as object)).not.toContain("id");
    expect([minProperties, required]).toEqual([1, undefined]);
    expect(operation("product.publish")?.requestBody).toBeUndefined();
  });
});

describe("a Joi schema in the words of JSON Schema", () => {
  test.each<[string, Schema, object]>([
    ["text", Joi.string().min(1).max(9), { type: "string", minLength: 1, maxLength: 9 }],
    ["a pattern", Joi.string().pattern(/^a\/b$/, "name"), { type: "string", pattern: "^a\\/b$" }],
    ["a URI", Joi.string().uri({ allowRelative: true }), { type: "string", format: "uri-reference" }],
    ["a moment", Joi.string().isoDate(), { type: "string", format: "date-time" }],
    ["one of several", Joi.string().valid("a", "b").default("a"), { type: "string", enum: ["a", "b"], default: "a" }],
    [
      "one of several, or null",
      Joi.string().valid("a", "b").allow(null),
      { anyOf: [{ type: "string", enum: ["a", "b"] }, { enum: [null] }] },
    ],
    ["nothing but null", Joi.valid(null), { enum: [null] }],
    ["text that may be empty", Joi.string().max(3).allow(""), { type: "string", maxLength: 3 }],
    ["text or null", Joi.string().allow(null), { anyOf: [{ type: "string" }, { enum: [null] }] }],
    ["a whole number", Joi.number().integer().min(0).max(9), { type: "integer", minimum: 0, maximum: 9 }],
    ["not zero", Joi.number().invalid(0), { type: "number", not: { enum: [0] } }],
    ["yes or no", Joi.boolean(), { type: "boolean" }],
    [
      "a list",
      Joi.array().items(Joi.string()).unique().min(1).max(3),
      { type: "array", items: { type: "string" }, uniqueItems: true, minItems: 1, maxItems: 3 },
    ],
    [
      "a thing",
      Joi.object({ a: Joi.string().required(), b: Joi.number() }).or("a", "b"),
      {
        type: "object",
        properties: { a: { type: "string" }, b: { type: "number" } },
        required: ["a"],
        allOf: [{ anyOf: [{ required: ["a"] }, { required: ["b"] }] }],
        additionalProperties: false,
      },
    ],
    [
      "a map",
      Joi.object().pattern(Joi.string().pattern(/^[a-z]$/), [Joi.string(), Joi.number()]),
      {
        type: "object",
        patternProperties: { "^[a-z]$": { anyOf: [{ type: "string" }, { type: "number" }] } },
        additionalProperties: false,
      },
    ],
    ["with words", Joi.number().description("How many"), { type: "number", description: "How many" }],
  ])("%s", (_what, schema, expected) => {
    expect(jsonSchemaOf(schema)).toEqual(expected);
  });

  test.each<[string, Schema, string]>([
    ["kind", Joi.object({ a: Joi.date() }), 'type "date"'],
    ["rule", Joi.array().items(Joi.string().creditCard()), 'rule "creditCard"'],
    ["relation", Joi.object({ a: Joi.any(), b: Joi.any() }).oxor("a", "b"), 'relation "oxor"'],
    ["flag of a pattern", Joi.string().pattern(/a/i), "pattern /a/i"],
  ])("a %s without a word throws, so that it cannot be left out", (_what, schema, why) => {
    expect(() => jsonSchemaOf(schema)).toThrow(why);
  });
});
