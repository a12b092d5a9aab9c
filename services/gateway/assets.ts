/**
 * Files in and out, beside the JSON of the contracts. In: the body is the file, whatever its content type says; who may
 * not write assets has nothing of it read. Out: by hash, in allowed sizes and formats only, for ever the same.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { UploadAsset } from "../../models/asset/asset.contract";
import type { ActionContract, Receipt } from "../../models/kernel/contract";
import type { Blobs } from "../kernel/blobs";
import { pass, permitted } from "../kernel/permission";
import { metaOf, type Route } from "./call-meta";
import { FORMATS, looked, resized, SIZES, typeOf, type Format } from "./images";
import { queryText, readQuery } from "./params";
import { refuseHere } from "./problem";
import { ownerOf, takeRoom } from "./room";
import { enter, type RouteDeps } from "./routes";
import type { Searched } from "./searched";
import { principalFor } from "./session";
import { signWrites } from "./write-token";

export const FILE_BYTES_MAX = 10 * 1_048_576;

/** Where files lie, and what every one of them is asked before. */
export interface Files {
  readonly blobs: Blobs;
  readonly searched: Searched;
}

interface Hashed {
  readonly hash: string;
  readonly name: string;
}

function routeOf(deps: RouteDeps, name: string, path: string): Route {
  const found = deps.contracts.find(({ aggregate }) => aggregate === "asset")?.actions[name];
  if (!found) throw new Error(`No contract declares ${name}`);
  const action: ActionContract = found;
  return { name, aggregate: "asset", action: { ...action, http: { method: "POST", path } } };
}

/** What may stand in the query string of an upload: everything else is found out from the file. */
const SAID = ["name", "sellerId"];

function saidOf(request: FastifyRequest): Record<string, unknown> {
  const said = readQuery(queryText(request.url));
  const stray = Object.keys(said).find((name) => !SAID.includes(name));
  if (stray !== undefined) refuseHere("QUERY_INVALID", `"${stray}" is none of ${SAID.join(", ")}.`);
  return { ...said, ...(request.params as object) };
}

/** @param room takes room for so many bytes */
async function kept(
  { blobs, searched }: Files,
  bytes: unknown,
  room: (bytes: number) => Promise<void>,
): Promise<Omit<UploadAsset, "name">> {
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return refuseHere("BODY_INVALID", "The body must be a file.");
  await searched(bytes);
  const file = await looked(bytes);
  await room(bytes.length);
  return { hash: await blobs.put(bytes), ...file };
}

const isNew = ({ action }: Route): boolean => action.kind === "create";

function addUpload(app: FastifyInstance, deps: RouteDeps, files: Files, route: Route): void {
  app.post(route.action.http.path.replace("{id}", ":id"), {
    bodyLimit: FILE_BYTES_MAX,
    preParsing: async (request: FastifyRequest) => {
      await enter(deps, route, request);
      pass(permitted(deps.roles, route, principalFor(request)), [saidOf(request)], "partly");
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const said = saidOf(request);
      const { id: trace, ip: address, headers, body } = request;
      const asked = { params: said, principal: principalFor(request), trace, address, headers };
      const meta = metaOf(deps.secret, route, asked);
      const file = await kept(files, body, async (bytes) => {
        const sellerId = isNew(route) ? said["sellerId"] : await ownerOf(deps, route, request);
        await takeRoom(deps, meta, { sellerId: sellerId as string | undefined, bytes });
      });
      const params = { ...said, ...file };
      const { id, version, committedAt, wrote } = (await deps.call(route.name, params, { meta })) as Receipt;
      const token = signWrites(deps.secret, [wrote]);
      if (token !== undefined) reply.header("stoa-token", token);
      reply.code(isNew(route) ? 201 : 200).header("location", `/v1/assets/${id}`);
      return reply.send({ id, version, committedAt, ...file });
    },
  });
}

const noFile = (): never => refuseHere("ROUTE_NOT_FOUND", "There is no such file, or not in this size and format.");

function renditionOf(name: string): { size: number; format: Format } | null {
  const [, size = "", format = ""] = /^(\d{1,4})\.([a-z]{3,4})$/.exec(name) ?? [];
  const known = SIZES.some((one) => String(one) === size) && FORMATS.some((one) => one === format);
  return known ? { size: Number(size), format: format as Format } : null;
}

async function picture(blobs: Blobs, { hash, name }: Hashed): Promise<Buffer> {
  const wanted = renditionOf(name);
  if (wanted === null) return noFile();
  const made = await blobs.get(hash, name);
  if (made) return made;
  const original = await blobs.get(hash);
  if (!original || typeOf(original) === "application/pdf") return noFile();
  const bytes = await resized(original, wanted.size, wanted.format);
  await blobs.putMade(hash, name, bytes);
  return bytes;
}

/** Handed out as it came, to be saved and not to be shown: it was written by somebody else. */
async function document(blobs: Blobs, { hash }: Hashed): Promise<Buffer> {
  const original = await blobs.get(hash);
  return original && typeOf(original) === "application/pdf" ? original : noFile();
}

function addFiles(app: FastifyInstance, blobs: Blobs): void {
  app.get("/assets/:hash/:name", async (request: FastifyRequest<{ Params: Hashed }>, reply) => {
    const { hash, name } = request.params;
    const paper = name === "original.pdf";
    const bytes = await (paper ? document(blobs, request.params) : picture(blobs, request.params));
    const etag = `"${hash.slice(0, 32)}-${name}"`;
    reply.headers({
      etag,
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; sandbox",
      // pictures are for the pages of shops, which lie elsewhere
      "cross-origin-resource-policy": "cross-origin",
      ...(paper ? { "content-disposition": "attachment" } : {}),
    });
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    return reply.type(paper ? "application/pdf" : `image/${name.slice(name.indexOf(".") + 1)}`).send(bytes);
  });
}

export async function addAssets(app: FastifyInstance, deps: RouteDeps, files: Files): Promise<void> {
  addFiles(app, files.blobs);
  // in a scope of its own: here every body is a file, elsewhere it is JSON
  await app.register((uploads, _options, done) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser("*", { parseAs: "buffer" }, (_request, bytes, parsed) => parsed(null, bytes));
    addUpload(uploads, deps, files, routeOf(deps, "asset.upload", "/v1/assets"));
    addUpload(uploads, deps, files, routeOf(deps, "asset.replace", "/v1/assets/{id}/content"));
    done();
  });
}
