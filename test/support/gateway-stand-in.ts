/**
 * A small HTTP server that answers commands as the gateway does: receipts with a token, keys that may be used once,
 * schemas from the contracts, and a busy moment where a test asks for one. It keeps no mall, only what it was sent.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { contracts } from "../../models/contracts";
import type { ActionContract } from "../../models/kernel/contract";
import { paramsHash } from "../../models/kernel/ids";
import { BATCH_PATH, type Batch, type BatchCommand } from "../../services/gateway/batch";
import { aggregateIdOf, commandIdOf } from "../../services/kernel/command-id";

export interface Accepted {
  readonly action: string;
  readonly key: string;
  readonly id: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface StandIn {
  readonly url: string;
  /** Commands that made a version; a repeat makes none. */
  readonly accepted: Accepted[];
  /** All requests, repeats and refused ones as well. */
  requests(): number;
  /** The next requests are answered with this status instead. */
  busy(status: 429 | 503, times: number): void;
  /** Called before each command is answered. */
  onCommand(heard: (accepted: number) => void): void;
  /** `Stoa-Token` of the searches. */
  readonly waitedFor: string[];
  close(): Promise<void>;
}

const PRINCIPAL = "admin";

interface Route {
  readonly name: string;
  readonly action: ActionContract;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

const routes: Route[] = contracts.flatMap(({ actions }) =>
  Object.entries(actions).flatMap(([name, action]) => {
    const path = action.http?.path;
    if (path === undefined) return [];
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, param]) => param ?? "");
    return [{ name, action, names, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "([^/]+)")}$`) }];
  }),
);

async function bodyOf(request: IncomingMessage): Promise<object> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? {} : (JSON.parse(text) as object);
}

type Params = Readonly<Record<string, unknown>>;

interface Reply {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const problem = (status: number, type: string, detail: string): Reply => ({
  status,
  body: { type: `urn:stoa:refusal:${type}`, detail },
  headers: { "retry-after": "0" },
});

function routeOf(request: IncomingMessage): { route: Route; inPath: Params } | null {
  const { pathname } = new URL(request.url ?? "/", "http://stand-in");
  for (const route of routes) {
    const match = route.action.http?.method === request.method ? route.pattern.exec(pathname) : null;
    if (!match) continue;
    const values = match.slice(1).map(decodeURIComponent);
    return { route, inPath: Object.fromEntries(route.names.map((name, i) => [name, values[i]])) };
  }
  return null;
}

export async function startStandIn(): Promise<StandIn> {
  const accepted: Accepted[] = [];
  const waitedFor: string[] = [];
  const seen = new Map<string, { hash: string; id: string }>();
  let busy = { status: 429, times: 0 };
  let requests = 0;
  let heard: (accepted: number) => void = () => undefined;

  const command = (route: Route, key: string, params: Params): Reply => {
    const checked = route.action.params.validate(params, { convert: false });
    if (checked.error) return problem(400, "VALIDATION_FAILED", checked.error.message);
    const commandId = commandIdOf(PRINCIPAL, route.name, key);
    const hash = paramsHash(params);
    const before = seen.get(commandId);
    if (before && before.hash !== hash) return problem(422, "IDEMPOTENCY_KEY_REUSED", "used for another");
    const id = aggregateIdOf(route.name, route.action, params, commandId);
    if (!before) {
      seen.set(commandId, { hash, id });
      accepted.push({ action: route.name, key, id, params });
    }
    heard(accepted.length);
    const headers = { "stoa-token": `t-${id}` };
    return { status: route.action.kind === "create" ? 201 : 200, body: { id, version: 1 }, headers };
  };

  const query = (name: string, token: string): Reply => {
    const made = (action: string): Accepted[] => accepted.filter((one) => one.action === action);
    if (name === "channel.list") {
      const items = made("channel.open").map(({ id, params }) => ({ ...params, id }));
      return { status: 200, body: { items } };
    }
    waitedFor.push(token);
    return { status: 200, body: { total: made("product.create").length, totalRelation: "exact", items: [] } };
  };

  const isBusy = (): Reply | null => {
    if (busy.times === 0) return null;
    busy = { ...busy, times: busy.times - 1 };
    return problem(busy.status, "MAILBOX_FULL", "Too much at once.");
  };

  /** Whoever comes in a moment in which the mall is busy is told so of the command, not of the batch. */
  const oneOf = ({ action, params = {}, idempotencyKey = "" }: BatchCommand): Reply => {
    const route = routes.find(({ name }) => name === action);
    if (!route) return problem(404, "ROUTE_NOT_FOUND", "Nothing here.");
    return isBusy() ?? command(route, idempotencyKey, params);
  };

  const batch = ({ commands, stopAtRefusal }: Batch): Reply => {
    const results: object[] = [];
    for (const each of commands) {
      const { status, body, headers } = oneOf(each);
      const taken = status < 300;
      results.push(taken ? { status, ...body, token: headers?.["stoa-token"] } : { status, problem: body });
      if (!taken && stopAtRefusal === true) break;
    }
    return { status: 200, body: { results } };
  };

  const replyTo = (request: IncomingMessage, body: object): Reply => {
    if (request.headers.authorization === undefined) return problem(401, "UNAUTHENTICATED", "Who are you?");
    if (request.url === BATCH_PATH) return batch(body as Batch);
    const refused = isBusy();
    if (refused) return refused;
    const found = routeOf(request);
    if (!found) return problem(404, "ROUTE_NOT_FOUND", "Nothing here.");
    const { route, inPath } = found;
    if (route.action.kind === "query") return query(route.name, String(request.headers["stoa-token"] ?? ""));
    return command(route, String(request.headers["idempotency-key"]), { ...body, ...inPath });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests += 1;
    const { status, body, headers } = replyTo(request, await bodyOf(request));
    const type = status < 300 ? "application/json" : "application/problem+json";
    response.writeHead(status, { "content-type": type, ...headers }).end(JSON.stringify(body));
  };

  const server: Server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accepted,
    waitedFor,
    requests: () => requests,
    busy: (status, times) => (busy = { status, times }),
    onCommand: (listener) => (heard = listener),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
