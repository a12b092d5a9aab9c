/**
 * The files of the pages: known when the process starts. They are read once and answered from memory, so no path that
 * a caller sends ever reaches the file system. Where the build left a compressed form beside a file (`.br`, `.gz`),
 * whoever understands it gets that one.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

export interface StaticFile {
  /** `/docs/docs.js` */
  readonly url: string;
  readonly file: string;
  /** Named by its content: whoever has it never asks again. */
  readonly forGood?: boolean;
}

interface Form {
  /** As `Content-Encoding` names it; null: as it is. */
  readonly coding: string | null;
  readonly bytes: Buffer;
  readonly etag: string;
}

/** The best first. */
const CODINGS = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

function formOf(coding: string | null, file: string): Form {
  const bytes = readFileSync(file);
  return { coding, bytes, etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"` };
}

const formsOf = (file: string): Form[] => [
  ...CODINGS.filter(([, end]) => existsSync(file + end)).map(([coding, end]) => formOf(coding, file + end)),
  formOf(null, file),
];

/** Whether `Accept-Encoding` takes it: named, and not with a weight of nothing. */
export function takes(accepted: string, coding: string): boolean {
  const found = accepted.split(",").find((one) => one.split(";")[0]?.trim().toLowerCase() === coding);
  return found !== undefined && !/;\s*q=0(\.0*)?\s*$/i.test(found);
}

interface Served {
  readonly etag: string;
  send(): FastifyReply;
}

/** @throws Error for a file that is missing or of a kind that no page uses */
function served(file: string): (request: FastifyRequest, reply: FastifyReply) => Served {
  const type = TYPES[path.extname(file)];
  if (type === undefined) throw new Error(`${file} cannot be served: its kind is not known`);
  const forms = formsOf(file);
  const plain = formOf(null, file);
  return (request, reply) => {
    const accepted = request.headers["accept-encoding"] ?? "";
    const { coding, bytes, etag } = forms.find((one) => one.coding === null || takes(accepted, one.coding)) ?? plain;
    reply.header("vary", "accept-encoding");
    return {
      etag,
      send() {
        if (coding !== null) reply.header("content-encoding", coding);
        return reply.type(type).send(bytes);
      },
    };
  };
}

/** A page for whoever came to an address that there is not. @throws Error for a file that is missing */
export function lostPage(file: string): (request: FastifyRequest, reply: FastifyReply) => FastifyReply {
  const serve = served(file);
  return (request, reply) => serve(request, reply.code(404).header("cache-control", "no-store")).send();
}

/** @throws Error for a file that is missing or of a kind that no page uses */
export function addFile(app: FastifyInstance, { url, file, forGood = false }: StaticFile): void {
  const serve = served(file);
  const caching = forGood ? "public, max-age=31536000, immutable" : "no-cache";
  app.get(url, (request: FastifyRequest, reply: FastifyReply) => {
    const file = serve(request, reply);
    reply.headers({ etag: file.etag, "cache-control": caching });
    return request.headers["if-none-match"] === file.etag ? reply.code(304).send() : file.send();
  });
}
