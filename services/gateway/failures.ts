/** Where failures of all layers end: handlers, framework, and the socket under both. */
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { ConnectionError, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { Refusal } from "../../models/kernel/refusal";
import { randomId } from "../../models/kernel/ids";
import type { lostPage } from "./files";
import {
  gatewayRefusals,
  PROBLEM_TYPE,
  problemHeaders,
  problemOf,
  refuseHere,
  type GatewayRefusalType,
} from "./problem";
import { spokenTo } from "./spoken";

export type Fail = (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** Answers with the problem that belongs to an error, and logs what nobody expected. */
export const failing =
  (log: Logger): Fail =>
  (error, request, reply) => {
    const { problem: said, unexpected } = problemOf(error, request.id);
    const { problem, language } = spokenTo(request.headers["accept-language"], said);
    if (unexpected) {
      const { method, url } = request;
      log.error({ err: error, requestId: request.id, method, url: url.slice(0, 500) }, "A request failed unexpectedly");
    }
    // as bytes: to text the framework would add a charset, which JSON does not have
    const text = Buffer.from(JSON.stringify(problem));
    return reply
      .code(problem.status)
      .headers({ "x-request-id": request.id, "content-language": language, ...problemHeaders(problem) })
      .type(PROBLEM_TYPE)
      .send(text);
  };

function notFound(request: FastifyRequest): never {
  const [path = "/"] = request.url.split("?");
  return refuseHere(
    "ROUTE_NOT_FOUND",
    `There is nothing at ${request.method} ${path.slice(0, 200)}: see /openapi.json.`,
  );
}

/** A person who mistyped an address is shown the way back; a program is told what is wrong, as everywhere. */
const isPerson = ({ method, url, headers: { accept = "" } }: FastifyRequest): boolean =>
  method === "GET" && !url.startsWith("/v1/") && accept.includes("text/html");

/** @param lost the page for people; null: there is none */
export function addFailures(app: FastifyInstance, fail: Fail, lost: ReturnType<typeof lostPage> | null): void {
  app.setErrorHandler<FastifyError>(fail);
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) =>
    lost !== null && isPerson(request) ? lost(request, reply) : notFound(request),
  );
}

type Broken = readonly [GatewayRefusalType, string];

const BROKEN: Readonly<Record<string, Broken>> = {
  HPE_HEADER_OVERFLOW: ["HEADERS_TOO_LARGE", "The headers, with the URL, are larger than 16 KiB."],
  ERR_HTTP_REQUEST_TIMEOUT: ["REQUEST_SLOW", "The request did not arrive in time."],
};
const GARBLED: Broken = ["REQUEST_INVALID", "This is not a valid HTTP request."];

/** What cannot be read as HTTP never becomes a request: it is answered on the socket, which is then closed. */
export function clientError(error: ConnectionError, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const [type, detail] = BROKEN[error.code] ?? GARBLED;
  const { problem } = problemOf(new Refusal(type, gatewayRefusals[type], detail), randomId());
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ""}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ].join("\r\n");
  socket.end(`${head}\r\n\r\n${body}`, () => socket.destroySoon());
}
