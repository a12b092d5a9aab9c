/**
 * Files that are sold: in by their seller, out over a signed link. What is sold is kept wrapped, so that the public
 * addresses of pictures and papers, which go by the hash of the content, never give it out.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GOODS_BYTES_MAX, type KeepGoods } from "../../models/goods/goods.contract";
import type { OpenedDownload } from "../../models/entitlement/entitlement.contract";
import type { ActionContract, Receipt } from "../../models/kernel/contract";
import { randomId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import type { Blobs } from "../kernel/blobs";
import type { Principal } from "../kernel/call";
import { pass, permitted } from "../kernel/permission";
import type { Files } from "./assets";
import { metaOf, type Route } from "./call-meta";
import { queryText, readQuery } from "./params";
import { refuseHere } from "./problem";
import { takeRoom } from "./room";
import { enter, patternOf, type RouteDeps } from "./routes";
import { principalFor } from "./session";
import { signWrites } from "./write-token";

export const GOODS_PATH = "/v1/sellers/{sellerId}/offers/{offerId}/file";
const LINK_PATH = "/downloads/:id";
/** Gives files out to whoever has a link. */
const LINKS: Principal = { id: "downloads", permissions: ["entitlement.serve"] };
/** No format of a file begins like this. */
const WRAPPING = Buffer.from("stoa goods 1\n");

const wrapped = (bytes: Buffer): Buffer => Buffer.concat([WRAPPING, bytes]);
const unwrapped = (bytes: Buffer): Buffer => bytes.subarray(WRAPPING.length);

function uploadRoute({ contracts }: RouteDeps): Route {
  const found = contracts.find(({ aggregate }) => aggregate === "goods")?.actions["goods.keep"];
  if (!found) throw new Error("No contract declares goods.keep");
  const action: ActionContract = found;
  return { name: "goods.keep", aggregate: "goods", action: { ...action, http: { method: "POST", path: GOODS_PATH } } };
}

type Said = Pick<KeepGoods, "offerId" | "sellerId" | "name">;

/** The offer and its seller in the path, the name of the file in the query string, and nothing else. */
function saidOf(request: FastifyRequest): Said {
  const { name, ...stray } = readQuery(queryText(request.url));
  const [odd] = Object.keys(stray);
  if (odd !== undefined) refuseHere("QUERY_INVALID", `"${odd}" is unknown here: only name is.`);
  return { ...(request.params as Omit<Said, "name">), name: typeof name === "string" ? name : "file" };
}

function addUpload(app: FastifyInstance, deps: RouteDeps, { blobs, searched }: Files): void {
  const route = uploadRoute(deps);
  app.post(patternOf(GOODS_PATH), {
    bodyLimit: GOODS_BYTES_MAX,
    preParsing: async (request: FastifyRequest) => {
      await enter(deps, route, request);
      pass(permitted(deps.roles, route, principalFor(request)), [saidOf(request)], "partly");
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const { body, id: trace, ip: address, headers } = request;
      if (!Buffer.isBuffer(body) || body.length === 0) return refuseHere("BODY_INVALID", "The body must be a file.");
      const said = saidOf(request);
      await searched(body);
      const asked = { params: { ...said }, principal: principalFor(request), trace, address, headers };
      const meta = metaOf(deps.secret, route, asked);
      await takeRoom(deps, meta, { sellerId: said.sellerId, bytes: body.length });
      const params = { ...said, hash: await blobs.put(wrapped(body)), bytes: body.length };
      const { id, version, committedAt, wrote } = (await deps.call(route.name, params, { meta })) as Receipt;
      const token = signWrites(deps.secret, [wrote]);
      if (token !== undefined) reply.header("stoa-token", token);
      return reply.send({ id, version, committedAt, bytes: body.length });
    },
  });
}

type Linked = FastifyRequest<{ Params: { readonly id: string } }>;

const noLink = (): never => refuseHere("ROUTE_NOT_FOUND", "There is no such link to a file.");

async function opened({ call }: RouteDeps, request: Linked): Promise<OpenedDownload> {
  const { until, mac } = readQuery(queryText(request.url));
  const params = { id: request.params.id, until: Number(until), mac };
  const meta = { principal: LINKS, trace: request.id, address: request.ip, commandId: randomId() };
  try {
    return (await call("entitlement.open", params, { meta })) as OpenedDownload;
  } catch (error) {
    // what was never a link is as little here as a link to what there is not
    if (isRefusal(error, "NOT_FOUND") || isRefusal(error, "VALIDATION_FAILED")) return noLink();
    throw error;
  }
}

function addLinks(app: FastifyInstance, deps: RouteDeps, blobs: Blobs): void {
  // a look at the headers alone would be counted like a download
  app.get(LINK_PATH, { exposeHeadRoute: false }, async (request: Linked, reply) => {
    const { hash, name } = await opened(deps, request);
    const bytes = await blobs.get(hash);
    if (!bytes) return noLink();
    const plain = name.replace(/[^\x20-\x7e]/g, "_");
    reply.headers({
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; sandbox",
      // written by somebody else: to be saved, never to be shown
      "content-disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
    return reply.type("application/octet-stream").send(unwrapped(bytes));
  });
}

export async function addDownloads(app: FastifyInstance, deps: RouteDeps, files: Files): Promise<void> {
  addLinks(app, deps, files.blobs);
  // in a scope of its own: here every body is a file, elsewhere it is JSON
  await app.register((uploads, _options, done) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser("*", { parseAs: "buffer" }, (_request, bytes, parsed) => parsed(null, bytes));
    addUpload(uploads, deps, files);
    done();
  });
}
