/** Uploads in the OpenAPI document: their body is a file as it is, so no contract can make their routes. */
import type { ActionContract, AnyContract } from "../../models/kernel/contract";
import { FILE_BYTES_MAX } from "./assets";
import { JOB_FILE_BYTES_MAX } from "./job-files";
import { GOODS_BYTES_MAX } from "../../models/goods/goods.contract";
import { GOODS_PATH } from "./downloads";
import { jsonSchemaOf, type JsonSchema } from "./joi-schema";
import { HEADERS, refusalResponses } from "./openapi-parts";

interface Upload {
  readonly name: string;
  /** The action whose permission it needs. */
  readonly action: string;
  readonly aggregate: string;
  readonly summary: string;
  readonly path: string;
  readonly bytesMax: number;
  /** Params of this action that are said in path and query string. */
  readonly said: readonly string[];
  readonly headers: readonly JsonSchema[];
  readonly status: "200" | "201";
}

const { idempotencyKey, occurredAt, ifMatch } = HEADERS;
const asset = { aggregate: "asset", bytesMax: FILE_BYTES_MAX } as const;

const UPLOADS: readonly Upload[] = [
  {
    ...asset,
    name: "asset.upload",
    action: "asset.upload",
    summary: "Keep a picture or a PDF: what it is, is found out from its bytes",
    path: "/v1/assets",
    said: ["name", "sellerId"],
    headers: [idempotencyKey, occurredAt],
    status: "201",
  },
  {
    ...asset,
    name: "asset.replace",
    action: "asset.replace",
    summary: "Keep another file under the same asset",
    path: "/v1/assets/{id}/content",
    said: ["id"],
    headers: [idempotencyKey, occurredAt, ifMatch],
    status: "200",
  },
  {
    name: "goods.keep",
    action: "goods.keep",
    aggregate: "goods",
    summary: "Keep the file that buyers of a digital offer get",
    path: GOODS_PATH,
    bytesMax: GOODS_BYTES_MAX,
    said: ["sellerId", "offerId", "name"],
    headers: [idempotencyKey, occurredAt, ifMatch],
    status: "200",
  },
  {
    name: "job.upload",
    action: "job.import",
    aggregate: "job",
    summary: "Keep a file for an import, for a week",
    path: "/v1/jobs/files",
    bytesMax: JOB_FILE_BYTES_MAX,
    said: [],
    headers: [],
    status: "201",
  },
];

type Fields = Readonly<Record<string, JsonSchema>>;

/** Whoever knew the name under which a file is kept that is sold could look for it. */
const shown = (aggregate: string, name: string): boolean => aggregate !== "goods" || name !== "hash";

const answerOf = ({ aggregate, said }: Upload, params: Fields): JsonSchema => {
  if (aggregate === "job") {
    const file = { type: "string", description: "Names it to `POST /v1/jobs/imports`." };
    return { type: "object", properties: { file }, required: ["file"] };
  }
  const properties = Object.fromEntries(
    Object.entries(params).filter(([name]) => !said.includes(name) && shown(aggregate, name)),
  );
  return { allOf: [{ $ref: "#/components/schemas/Receipt" }, { type: "object", properties }] };
};

function operationOf(upload: Upload, { params, permission }: ActionContract): JsonSchema {
  const { properties = {} } = jsonSchemaOf(params) as { properties?: Fields };
  const { name, aggregate, summary, path, bytesMax, said, headers, status } = upload;
  const place = (one: string) => (path.includes(`{${one}}`) ? { in: "path", required: true } : { in: "query" });
  const parameters = said.map((one) => ({ name: one, ...place(one), schema: properties[one] ?? { type: "string" } }));
  const description = `The body is the file, ${bytesMax >> 20} MiB at most. Needs the permission \`${permission}\`.`;
  const bytes = { schema: { type: "string", format: "binary", minLength: 1 } };
  return {
    operationId: name,
    tags: [aggregate],
    summary,
    description,
    security: [{ token: [] }],
    parameters: [...parameters, ...headers],
    requestBody: { required: true, content: { "application/octet-stream": bytes } },
    responses: {
      [status]: { description: summary, content: { "application/json": { schema: answerOf(upload, properties) } } },
      ...refusalResponses("command"),
    },
  };
}

/** @throws Error for an upload whose action no contract declares */
export function uploadPaths(contracts: readonly AnyContract[]): Record<string, Record<string, JsonSchema>> {
  return Object.fromEntries(
    UPLOADS.map((upload) => {
      const action = contracts.map(({ actions }) => actions[upload.action]).find((found) => found !== undefined);
      if (!action) throw new Error(`${upload.name} needs the permission of ${upload.action}, which nobody declares`);
      return [upload.path, { post: operationOf(upload, action) }];
    }),
  );
}
