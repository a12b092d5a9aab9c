/**
 * The files of the pages: a handful, known when the process starts. They are read once and answered from memory, so no
 * path that a caller sends ever reaches the file system.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

export interface StaticFile {
  /** `/style.css` */
  readonly url: string;
  readonly file: string;
}

/** @throws Error for a file that is missing or of a kind that no page uses */
export function addFile(app: FastifyInstance, { url, file }: StaticFile): void {
  const type = TYPES[path.extname(file)];
  if (type === undefined) throw new Error(`${file} cannot be served: its kind is not known`);
  const bytes = readFileSync(file);
  const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
  app.get(url, (request: FastifyRequest, reply: FastifyReply) => {
    reply.headers({ etag, "cache-control": "no-cache" });
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    return reply.type(type).send(bytes);
  });
}
