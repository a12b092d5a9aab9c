/** The console, the page to try the API, and the document that both developers and that page read. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import type { AnyContract } from "../../models/kernel/contract";
import { addConsole } from "./console";
import { addFile } from "./files";
import { openApi } from "./openapi";

/** Pages are not compiled: they are found from the repository root, whether this runs from source or from dist. */
export function rootFrom(folder: string): string {
  if (existsSync(path.join(folder, "package.json"))) return folder;
  const above = path.dirname(folder);
  if (above === folder) throw new Error("No package.json above the gateway: the pages cannot be found");
  return rootFrom(above);
}

export const consoleFolder = (): string => path.join(rootFrom(__dirname), "dist", "console");

/** Swagger UI sets styles on its elements, and draws its icons from data URLs. */
const DOCS_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const DOCS_FILES = ["docs.js"];
const SWAGGER_FILES = ["swagger-ui.css", "swagger-ui-bundle.js"];

function addDocs(app: FastifyInstance, folder: string): void {
  app.addHook("onRequest", (_request, reply, done) => {
    reply.header("content-security-policy", DOCS_CSP);
    done();
  });
  const swagger = path.dirname(require.resolve("swagger-ui-dist/package.json"));
  for (const name of SWAGGER_FILES) addFile(app, { url: `/docs/assets/${name}`, file: path.join(swagger, name) });
  for (const name of DOCS_FILES) addFile(app, { url: `/docs/${name}`, file: path.join(folder, name) });
  for (const url of ["/docs", "/docs/"]) addFile(app, { url, file: path.join(folder, "index.html") });
}

export async function addPages(app: FastifyInstance, contracts: readonly AnyContract[]): Promise<void> {
  const pages = path.join(rootFrom(__dirname), "services", "gateway", "pages");
  // worked out when somebody asks: it takes longer than all else that a start of the gateway does
  let document: string | null = null;
  app.get("/openapi.json", (_request, reply) => {
    document ??= JSON.stringify(openApi(contracts));
    return reply.type("application/json; charset=utf-8").send(document);
  });
  await app.register((docs, _options, done) => {
    addDocs(docs, path.join(pages, "docs"));
    done();
  });
  addFile(app, { url: "/stoa-events.js", file: path.join(pages, "events", "stoa-events.js") });
  addConsole(app, consoleFolder());
}
