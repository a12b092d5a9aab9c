/** The contracts' actions as HTTP routes: each route asks the broker and tells what it answered. */
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import {
  isRouted,
  type ActionContract,
  type AnyContract,
  type Receipt,
  type WriteMark,
} from "../../models/kernel/contract";
import type { CallMeta, Principal } from "../kernel/call";
import type { Denied } from "../kernel/denials";
import { isPending, type Pending } from "../kernel/four-eyes";
import { permitted, type Roles } from "../kernel/permission";
import { metaOf, type Route } from "./call-meta";
import { allowOf, shadowed, tellAllowed } from "./methods";
import { checkText, merged, queryText, readQuery, type Params } from "./params";
import { refuseHere } from "./problem";
import { principalFor } from "./session";
import { signWrites } from "./write-token";

export interface RouteDeps {
  readonly contracts: readonly AnyContract[];
  readonly secret: string;
  readonly roles: Roles;
  /** Told who was not let in. */
  readonly denied?: Denied | undefined;
  readonly call: (action: string, params: object, options: { meta: CallMeta }) => Promise<unknown>;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export const routesOf = (contracts: readonly AnyContract[]): Route[] =>
  contracts.flatMap(({ aggregate, actions }) =>
    Object.entries(actions).flatMap(([name, action]) => (isRouted(action) ? [{ name, aggregate, action }] : [])),
  );

/** `/v1/products/{id}` → `/v1/products/:id` */
export const patternOf = (path: string): string => path.replace(/\{(\w+)\}/g, ":$1");

interface Given {
  readonly params: Record<string, unknown>;
  readonly token?: string | undefined;
}

/** A query takes its params from the query string, a command from the body; `token` is never a param. */
function given({ action }: Route, request: FastifyRequest): Given {
  const { token, ...query } = readQuery(queryText(request.url));
  const path = request.params as Params;
  if (Array.isArray(token)) refuseHere("QUERY_INVALID", "token may be given once; join several tokens with commas.");
  if (action.kind === "query") return { params: merged(path, query), token };
  const [stray] = Object.keys(query);
  if (stray !== undefined) {
    refuseHere("QUERY_INVALID", `"${stray}" stands in the query string, but this takes its params from the body.`);
  }
  return { params: merged(path, (request.body ?? {}) as Params) };
}

function versionOf(result: unknown): number | undefined {
  const version = typeof result === "object" && result !== null ? (result as { version?: unknown }).version : undefined;
  return typeof version === "number" ? version : undefined;
}

/** Where to read what a command has made: the aggregate's `get`, else the thing's name under the collection. */
export function locationOf({ aggregate, action }: Route, contracts: readonly AnyContract[], id: string): string {
  const get: ActionContract | undefined = contracts.find((contract) => contract.aggregate === aggregate)?.actions[
    `${aggregate}.get`
  ];
  return (get?.http?.path ?? `${action.http.path}/{id}`).replace("{id}", encodeURIComponent(id));
}

function answerReceipt(reply: FastifyReply, deps: RouteDeps, route: Route, receipt: Receipt): object {
  const { id, version, committedAt, wrote } = receipt;
  tellWrites(reply, deps, [wrote]);
  if (route.action.kind === "create") reply.code(201).header("location", locationOf(route, deps.contracts, id));
  return { id, version, committedAt };
}

function tellWrites(reply: FastifyReply, deps: RouteDeps, wrote: readonly WriteMark[]): void {
  const token = signWrites(deps.secret, wrote);
  if (token !== undefined) reply.header("stoa-token", token);
}

/** Kept until a second person has decided: where to see what becomes of it. */
function answerPending(reply: FastifyReply, deps: RouteDeps, { approval, wrote }: Pending): object {
  tellWrites(reply, deps, [wrote]);
  reply.code(202).header("location", `/v1/approvals/${encodeURIComponent(approval.id)}`);
  return { approval };
}

/** A procedure may tell what it wrote: that goes into the token, not into the answer. */
function answerProcedure(reply: FastifyReply, deps: RouteDeps, result: object): object {
  const { wrote, ...rest } = result as { wrote?: readonly WriteMark[] };
  if (wrote !== undefined) tellWrites(reply, deps, wrote);
  return rest;
}

function answerOf(reply: FastifyReply, deps: RouteDeps, { route, result }: { route: Route; result: unknown }): unknown {
  const { kind, fourEyes } = route.action;
  if (fourEyes !== undefined && isPending(result)) return answerPending(reply, deps, result);
  if (kind === "query") return result ?? null;
  if (kind !== "procedure") return answerReceipt(reply, deps, route, result as Receipt);
  return typeof result === "object" && result !== null ? answerProcedure(reply, deps, result) : null;
}

async function answer(deps: RouteDeps, route: Route, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { params, token } = given(route, request);
  checkText(params);
  const { id: trace, ip: address, headers } = request;
  const asked = { params, token, principal: principalFor(request), trace, address, headers };
  const meta = metaOf(deps.secret, route, asked);
  const result = await deps.call(route.name, params, { meta });
  const version = versionOf(result);
  if (version !== undefined) reply.header("etag", `"${version}"`);
  reply.header("cache-control", "no-store");
  return answerOf(reply, deps, { route, result });
}

/** Where the router would take the address for another's name: its own methods are the only ones. */
function refuseOtherMethods(app: FastifyInstance, url: string, taken: readonly string[]): void {
  const allow = allowOf(taken);
  const method: HTTPMethods[] = ["OPTIONS", ...METHODS.filter((name) => !taken.includes(name))];
  if (!taken.includes("GET")) method.push("HEAD");
  app.route({
    method,
    url,
    onRequest: async (request, reply) => tellAllowed(request, reply, allow),
    handler: () => null,
  });
}

/** @throws what `permitted` throws, when it is kept as a denial */
export async function enter(deps: RouteDeps, route: Route, request: FastifyRequest): Promise<void> {
  let principal: Principal | undefined;
  try {
    principal = principalFor(request);
    permitted(deps.roles, route, principal);
  } catch (error) {
    await deps.denied?.({ ...route, params: request.params, principal, trace: request.id, error });
    throw error;
  }
}

export function addRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const taken = new Map<string, string[]>();
  for (const route of routesOf(deps.contracts)) {
    const { method, path } = route.action.http;
    const url = patternOf(path);
    taken.set(url, [...(taken.get(url) ?? []), method]);
    app.route({
      method,
      url,
      // only whether there is anything that the caller may do it to: what it concerns is known to the action.
      // here as well as at the action, so that nobody who may not enter has a body read and checked
      preParsing: async (request) => enter(deps, route, request),
      handler: (request, reply) => answer(deps, route, request, reply),
    });
  }
  for (const url of shadowed(taken)) refuseOtherMethods(app, url, taken.get(url) ?? []);
}
