/** The OpenAPI document: what the routes do, worked out from the contracts that make the routes. */
import type { ActionContract, AnyContract, RoutedAction } from "../../models/kernel/contract";
import { PUBLIC } from "../../models/kernel/contract";
import { jsonSchemaOf, type JsonSchema } from "./joi-schema";
import { batchPaths } from "./openapi-batch";
import { uploadPaths } from "./openapi-files";
import { webhookPaths } from "./openapi-webhooks";
import { components, HEADERS, refusalResponses } from "./openapi-parts";
import { toldWebhooks } from "./openapi-told";
import { routesOf } from "./routes";

export interface OpenApiDocument extends Readonly<Record<string, unknown>> {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
  readonly components: JsonSchema;
}

const INFO = {
  title: "Stoa",
  version: "1",
  description:
    "The shopping mall's commands and queries. A command answers which version it made and a `Stoa-Token`; a query " +
    "that brings this token waits until what was written can be seen. Every failure is an RFC 9457 problem.",
};

type Properties = Readonly<Record<string, JsonSchema>>;

interface Shape {
  readonly properties: Properties;
  readonly required: readonly string[];
  readonly whole: JsonSchema;
}

function shapeOf(action: ActionContract): Shape {
  const whole = jsonSchemaOf(action.params);
  const { properties = {}, required = [] } = whole as { properties?: Properties; required?: string[] };
  return { properties, required, whole };
}

const namesInPath = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");

const pathParameters = ({ properties }: Shape, names: readonly string[]): JsonSchema[] =>
  names.map((name) => ({ name, in: "path", required: true, schema: properties[name] ?? { type: "string" } }));

const queryParameters = ({ properties, required }: Shape, inPath: readonly string[]): JsonSchema[] =>
  Object.entries(properties)
    .filter(([name]) => !inPath.includes(name))
    .map(([name, schema]) => ({ name, in: "query", required: required.includes(name), schema }));

/** The body is the params without those of the path; counts of fields shrink with it. */
function bodyOf({ whole, properties, required }: Shape, inPath: readonly string[]): JsonSchema {
  const rest = Object.entries(properties).filter(([name]) => !inPath.includes(name));
  if (rest.length === 0) return {};
  const needed = required.filter((name) => !inPath.includes(name));
  const { minProperties, required: _required, ...kept } = whole as { minProperties?: number; required?: unknown };
  const least = (minProperties ?? 0) - inPath.length;
  const schema = {
    ...kept,
    properties: Object.fromEntries(rest),
    ...(needed.length > 0 ? { required: needed } : {}),
    ...(least > 0 ? { minProperties: least } : {}),
  };
  const bodyNeeded = needed.length > 0 || least > 0;
  return { requestBody: { required: bodyNeeded, content: { "application/json": { schema } } } };
}

const { idempotencyKey, occurredAt, ifMatch, stoaToken, token } = HEADERS;

function parametersOf(action: ActionContract, shape: Shape, inPath: readonly string[]): JsonSchema[] {
  const path = pathParameters(shape, inPath);
  if (action.kind === "query") return [...path, ...queryParameters(shape, inPath), stoaToken, token];
  if (action.kind === "procedure") return [...path, idempotencyKey];
  return [...path, idempotencyKey, occurredAt, ...(action.kind === "command" ? [ifMatch] : [])];
}

function success(action: ActionContract): JsonSchema {
  const ref = (name: string) => ({ $ref: `#/components/responses/${name}` });
  const requested = { "202": ref("Requested") };
  if (action.fourEyes === undefined) return done(action);
  // where nobody is exempt, nothing but a request is ever answered
  return action.fourEyes === true ? requested : { ...done(action), ...requested };
}

function done({ kind, summary, result }: ActionContract): JsonSchema {
  const ref = (name: string) => ({ $ref: `#/components/responses/${name}` });
  if (kind === "create") return { "201": ref("Created") };
  if (kind === "command") return { "200": ref("Changed") };
  const schema = result ? jsonSchemaOf(result) : { type: "object", description: `${summary}.` };
  return { "200": { description: summary, content: { "application/json": { schema } } } };
}

function operationOf(name: string, aggregate: string, action: RoutedAction): JsonSchema {
  const shape = shapeOf(action);
  const inPath = namesInPath(action.http.path);
  return {
    operationId: name,
    tags: [aggregate],
    summary: action.summary,
    description: action.permission === PUBLIC ? "Open to everybody." : `Needs the permission \`${action.permission}\`.`,
    security: action.permission === PUBLIC ? [{}, { token: [] }] : [{ token: [] }],
    parameters: parametersOf(action, shape, inPath),
    ...(action.kind === "query" ? {} : bodyOf(shape, inPath)),
    responses: { ...success(action), ...refusalResponses(action.kind) },
  };
}

/** @throws Error for a schema that cannot be said in OpenAPI, with the action's name */
function operation(name: string, aggregate: string, action: RoutedAction): JsonSchema {
  try {
    return operationOf(name, aggregate, action);
  } catch (error) {
    throw new Error(`${name} cannot be described: ${error instanceof Error ? error.message : ""}`, { cause: error });
  }
}

export function openApi(contracts: readonly AnyContract[]): OpenApiDocument {
  const paths = { ...uploadPaths(contracts), ...webhookPaths(contracts), ...batchPaths() };
  for (const { name, aggregate, action } of routesOf(contracts)) {
    const { method, path } = action.http;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(name, aggregate, action) };
  }
  const tags = [...contracts.map(({ aggregate }) => ({ name: aggregate })), { name: "batch" }];
  return {
    openapi: "3.1.0",
    info: INFO,
    servers: [{ url: "/" }],
    tags,
    paths,
    webhooks: toldWebhooks(),
    components: components(),
  };
}
