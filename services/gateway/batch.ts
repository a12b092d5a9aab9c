/**
 * Many commands in one request: `POST /v1/batch`. Each is what it would be alone (permission, key, version, limit, its
 * own receipt or problem), and they are done one after the other as they stand, so that one may build on what the one
 * before has made. Together they are no transaction: what was done stays done, whatever is refused after it.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import Joi from "../../models/kernel/schema";
import type { Receipt } from "../../models/kernel/contract";
import type { Principal } from "../kernel/call";
import { isPending } from "../kernel/four-eyes";
import { permitted } from "../kernel/permission";
import { validated } from "../kernel/validator";
import { metaOf, type Route } from "./call-meta";
import { checkText } from "./params";
import { problemOf, refuseHere, type Problem } from "./problem";
import { spokenTo } from "./spoken";
import { routesOf, type RouteDeps } from "./routes";
import { principalFor } from "./session";
import { signWrites } from "./write-token";

export const BATCH_PATH = "/v1/batch";
export const BATCH_MAX = 100;

export interface BatchCommand {
  /** `product.create`: its `operationId`. */
  readonly action: string;
  /** Those of path and body together. */
  readonly params?: Readonly<Record<string, unknown>>;
  readonly idempotencyKey?: string;
  /** The version that the caller has seen. */
  readonly ifMatch?: number;
  readonly occurredAt?: string;
}

export interface Batch {
  readonly commands: BatchCommand[];
  /** Nothing is begun after the first one that is refused. */
  readonly stopAtRefusal?: boolean;
}

/** As it would be answered alone, and under which status. */
export type BatchResult =
  | (Pick<Receipt, "id" | "version" | "committedAt"> & { readonly status: 200 | 201; readonly token?: string })
  | { readonly status: 202; readonly approval: object; readonly token?: string }
  | { readonly status: number; readonly problem: Problem };

export const batchSchema = Joi.object<Batch, true>({
  commands: Joi.array()
    .items(
      Joi.object<BatchCommand>({
        action: Joi.string().max(100).required(),
        params: Joi.object(),
        idempotencyKey: Joi.string()
          .pattern(/^[\x21-\x7e]{1,200}$/)
          .description("Sent again with the same key and content, the command is done once and answered alike."),
        ifMatch: Joi.number().integer().min(0).max(999_999_999_999_999).description("The version that was seen."),
        occurredAt: Joi.string().max(24).description("When it happened in the business; needs time.backdate."),
      }),
    )
    .min(1)
    .max(BATCH_MAX)
    .required(),
  stopAtRefusal: Joi.boolean().description("Nothing is begun after the first one that is refused."),
});

export interface BatchDeps extends RouteDeps {
  readonly log: Logger;
}

/** One request as far as its commands are concerned. */
interface Asked {
  readonly principal: Principal;
  readonly trace: string;
  readonly address: string;
  /** Its Accept-Language. */
  readonly accepted: string | undefined;
  /** Counts one more of the caller's requests; false: there were too many. */
  readonly counted: () => Promise<boolean>;
}

type Routes = ReadonlyMap<string, Route>;

const commandsOf = ({ contracts }: RouteDeps): Routes =>
  new Map(
    routesOf(contracts)
      .filter(({ action }) => action.kind === "create" || action.kind === "command")
      .map((route) => [route.name, route]),
  );

function headersOf({ idempotencyKey, ifMatch, occurredAt }: BatchCommand): Record<string, string> {
  return {
    ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
    ...(ifMatch !== undefined && { "if-match": `"${ifMatch}"` }),
    ...(occurredAt !== undefined && { "occurred-at": occurredAt }),
  };
}

/** @throws what `permitted` throws, when it is kept as a denial */
async function allowed(deps: BatchDeps, route: Route, { principal, trace }: Asked, params: object): Promise<void> {
  try {
    permitted(deps.roles, route, principal);
  } catch (error) {
    await deps.denied?.({ ...route, params, principal, trace, error });
    throw error;
  }
}

function routeFor(routes: Routes, name: string): Route {
  const route = routes.get(name);
  if (route) return route;
  return refuseHere("ROUTE_NOT_FOUND", `There is no command "${name}": /openapi.json names them by operationId.`);
}

async function done(deps: BatchDeps, route: Route, command: BatchCommand, asked: Asked): Promise<BatchResult> {
  const { params = {} } = command;
  checkText(params);
  const meta = metaOf(deps.secret, route, { ...asked, params, headers: headersOf(command) });
  const result = await deps.call(route.name, params, { meta });
  const token = (wrote: Receipt["wrote"]) => {
    const signed = signWrites(deps.secret, [wrote]);
    return signed === undefined ? {} : { token: signed };
  };
  if (route.action.fourEyes !== undefined && isPending(result)) {
    return { status: 202, approval: result.approval, ...token(result.wrote) };
  }
  const { id, version, committedAt, wrote } = result as Receipt;
  return { status: route.action.kind === "create" ? 201 : 200, id, version, committedAt, ...token(wrote) };
}

function refused(deps: BatchDeps, error: unknown, { trace, accepted }: Asked, action: string): BatchResult {
  const { problem: said, unexpected } = problemOf(error, trace);
  const { problem } = spokenTo(accepted, said);
  if (unexpected) deps.log.error({ err: error, requestId: trace, action }, "A command of a batch failed unexpectedly");
  return { status: problem.status, problem };
}

async function one(deps: BatchDeps, routes: Routes, command: BatchCommand, asked: Asked): Promise<BatchResult> {
  try {
    if (!(await asked.counted())) refuseHere("RATE_LIMITED", "More commands in a second than you may send: slow down.");
    const route = routeFor(routes, command.action);
    await allowed(deps, route, asked, command.params ?? {});
    return await done(deps, route, command, asked);
  } catch (error) {
    return refused(deps, error, asked, command.action);
  }
}

async function all(deps: BatchDeps, routes: Routes, batch: Batch, asked: Asked): Promise<BatchResult[]> {
  const results: BatchResult[] = [];
  for (const command of batch.commands) {
    const result = await one(deps, routes, command, asked);
    results.push(result);
    if (batch.stopAtRefusal === true && result.status >= 300) break;
  }
  return results;
}

export function addBatch(app: FastifyInstance, deps: BatchDeps): void {
  const routes = commandsOf(deps);
  const limit = app.createRateLimit();
  const counting = (request: FastifyRequest) => async (): Promise<boolean> => {
    const counted = await limit(request);
    return counted.isAllowed || !counted.isExceeded;
  };
  app.post(BATCH_PATH, {
    // a token that is not good lets nobody in; what each command needs is asked of each
    preParsing: async (request: FastifyRequest) => {
      principalFor(request);
      return Promise.resolve();
    },
    handler: async (request) => {
      const batch = validated(batchSchema, request.body ?? {}, false);
      const { id: trace, ip: address } = request;
      const accepted = request.headers["accept-language"];
      const asked = { principal: principalFor(request), trace, address, accepted, counted: counting(request) };
      return { results: await all(deps, routes, batch, asked) };
    },
  });
}
