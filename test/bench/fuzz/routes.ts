/** The routes of an OpenAPI document, as the fuzz asks them: nothing about a route is known but what stands there. */
import { resolved, type Document, type JsonSchema } from "./conforms";

export interface FuzzRoute {
  /** Wire name of the action. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** The kind of thing that it is about. */
  readonly kind: string;
  /** Params of path and query string, and of the body, each as the schema of an object. */
  readonly inPath: JsonSchema;
  readonly inQuery: JsonSchema;
  readonly body: JsonSchema | null;
  /** True where the body is a file as it is. */
  readonly takesFile: boolean;
  readonly responses: Readonly<Record<string, JsonSchema>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

function objectOf(parameters: readonly Parameter[]): JsonSchema {
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  return { properties, required: parameters.filter(({ required }) => required).map(({ name }) => name) };
}

const jsonOf = (part: JsonSchema | undefined): JsonSchema | null => {
  const content = part?.["content"] as Readonly<Record<string, { readonly schema?: JsonSchema }>> | undefined;
  return content?.["application/json"]?.schema ?? content?.["application/problem+json"]?.schema ?? null;
};

export function routesOf({ paths }: Document): FuzzRoute[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): FuzzRoute => {
      const {
        operationId,
        tags,
        parameters = [],
        requestBody,
        responses,
      } = operation as unknown as {
        readonly operationId: string;
        readonly tags: readonly string[];
        readonly parameters?: readonly Parameter[];
        readonly requestBody?: JsonSchema;
        readonly responses: Readonly<Record<string, JsonSchema>>;
      };
      const of = (place: string) => objectOf(parameters.filter((one) => one.in === place && one.name !== "token"));
      return {
        name: operationId,
        method: method.toUpperCase(),
        path,
        kind: tags[0] ?? "",
        inPath: of("path"),
        inQuery: of("query"),
        body: jsonOf(requestBody),
        takesFile: Object.keys(requestBody?.["content"] ?? {}).includes("application/octet-stream"),
        responses,
      };
    }),
  );
}

/** What is declared of an answer with this status; undefined where nothing is. */
export function answerSchema(route: FuzzRoute, status: number, document: Document): JsonSchema | undefined {
  const response = route.responses[String(status)];
  return response && (jsonOf(resolved(response, document)) ?? {});
}
