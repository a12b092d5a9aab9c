/**
 * Turns a contract and an aggregate into a Moleculer service. Every action goes the same way: the permission is
 * checked, then the schema (validator.ts), a command goes to its actor and its answer is made from the row that it
 * became. An action without a permission, or a command without a key, does not start.
 */
import type { Context, ServiceActionsSchema, ServiceSchema } from "moleculer";
import type { AnyAggregate } from "../../models/kernel/aggregate";
import type { ActionContract, AnyContract, Receipt } from "../../models/kernel/contract";
import { paramsHash } from "../../models/kernel/ids";
import { refuseKernel } from "../../models/kernel/refusal";
import type { Commit } from "../../models/kernel/row";
import { createActors, type Actors } from "./actor";
import type { CallMeta, Caller, QueryContext } from "./call";
import type { Command } from "./command";
import { aggregateIdOf, type Params } from "./command-id";
import type { Recent } from "./history-reader";
import type { Node } from "./node";
import { permitted } from "./permission";

/** From where a service calls others. */
export interface CallSite {
  readonly caller: Caller;
  readonly meta: CallMeta;
}

/** Adds what a command needs to know of other aggregates. May refuse; must not change anything. */
export type Prepare = (params: never, site: CallSite) => Promise<object>;

export type Query = (params: never, context: QueryContext) => Promise<unknown>;

/** A query that the write side answers may also look at what this node remembers. */
export type WriteSideQuery = (params: never, context: QueryContext & Recent) => Promise<unknown>;

export interface AggregateService {
  readonly contract: AnyContract;
  readonly aggregate: AnyAggregate;
  /** By wire name of a command. */
  readonly prepare?: Readonly<Record<string, Prepare>>;
  /** By wire name of a query that the write side answers. */
  readonly queries?: Readonly<Record<string, WriteSideQuery>>;
}

interface Meta extends CallMeta {
  readonly commandId: string;
}

type Handler = (ctx: Context<Params, Meta>) => Promise<unknown>;

/** Faults of a declaration are found at start, not by a caller. */
function checkDeclared(name: string, action: ActionContract): void {
  if (!action.permission) throw new Error(`${name} declares no permission; use PUBLIC to open it to everybody`);
  if (action.kind === "command" && !action.key && !action.keyOf) {
    throw new Error(`${name} changes an aggregate but does not say which param names it: give it a key`);
  }
}

export function actionSchema(name: string, action: ActionContract, handler: Handler): ServiceActionsSchema {
  checkDeclared(name, action);
  return {
    [name]: {
      joi: action.params,
      convert: action.kind === "query",
      needs: { permission: action.permission, summary: action.summary },
      // repeating is safe: a query changes nothing, and a command carries its id
      retryPolicy: { enabled: true },
      handler(ctx: Context<Params, Meta>) {
        // again, so that a broker made without our validator does not stand open
        permitted(action, ctx.meta.principal);
        return handler(ctx);
      },
    },
  };
}

/** A service whose actions keep their full wire names. */
export const wireService = (name: string, actions: ServiceActionsSchema): ServiceSchema => ({
  name,
  settings: { $noServiceNamePrefix: true },
  actions,
});

function occurredAt({ occurredAt: at, principal }: Meta): string | null {
  if (at === undefined) return null;
  const allowed = ["*", "time.backdate"].some((permission) => principal.permissions.includes(permission));
  return allowed ? at : refuseKernel("FORBIDDEN", "Setting the business time needs the permission time.backdate.");
}

function commandOf(name: string, action: ActionContract, ctx: Context<Params, Meta>): Omit<Command, "params"> {
  const { meta, params } = ctx;
  return {
    id: meta.commandId,
    name,
    paramsHash: paramsHash(params),
    aggregateId: aggregateIdOf(name, action, params, meta.commandId),
    creates: action.kind === "create",
    by: meta.principal.id,
    onBehalfOf: meta.onBehalfOf ?? null,
    causedBy: meta.causedBy ?? null,
    trace: meta.trace,
    occurredAt: occurredAt(meta),
    expectedVersion: meta.expectedVersion ?? null,
    after: meta.hlc ?? "",
  };
}

function receiptOf(node: Node, commit: Commit): Receipt {
  const { aggregate, aggregateId: id, version, committedAt } = commit;
  return {
    id,
    version,
    committedAt,
    wrote: { source: `${aggregate}/${id}`, version, targets: node.targetsOf(commit) },
  };
}

function commandHandler(
  node: Node,
  actors: Actors,
  { name, action, service }: { name: string; action: ActionContract; service: AggregateService },
): Handler {
  const prepare = service.prepare?.[name];
  return async (ctx) => {
    if (ctx.meta.hlc !== undefined) node.clock.observe(ctx.meta.hlc);
    const command = commandOf(name, action, ctx);
    const caller = ctx as unknown as Caller;
    const params = prepare ? await prepare(ctx.params as never, { caller, meta: ctx.meta }) : ctx.params;
    const row = await actors.send({ ...command, params });
    return receiptOf(node, { ...row, aggregate: service.aggregate.name });
  };
}

export function aggregateService(node: Node, service: AggregateService): ServiceSchema {
  const { contract, aggregate, queries = {} } = service;
  const histories = node.histories(aggregate.name);
  const actors = createActors({
    ...node.limits,
    aggregate,
    histories,
    writer: node.writer(aggregate.name),
    clock: node.clock,
    personal: node.personal(aggregate.name),
    claims: node.claims,
    committed: (rows) => node.committed(rows.map((row) => ({ ...row, aggregate: aggregate.name }))),
  });
  const actions: ServiceActionsSchema = {};
  for (const [name, action] of Object.entries(contract.actions)) {
    const query = queries[name];
    if (action.kind === "procedure") continue;
    if (action.kind !== "query") {
      Object.assign(actions, actionSchema(name, action, commandHandler(node, actors, { name, action, service })));
    } else if (query) {
      Object.assign(
        actions,
        actionSchema(name, action, (ctx) => query(ctx.params as never, { meta: ctx.meta, recent: actors.recent })),
      );
    }
  }
  return wireService(aggregate.name, actions);
}

/** Queries that the read side answers, as a service of their own. */
export function queryService(
  name: string,
  contracts: readonly AnyContract[],
  queries: Readonly<Record<string, Query>>,
): ServiceSchema {
  const actions: ServiceActionsSchema = {};
  for (const [action, query] of Object.entries(queries)) {
    const contract = contracts.map((c) => c.actions[action]).find((found) => found !== undefined);
    if (!contract) throw new Error(`${name} answers "${action}", but no contract declares it`);
    Object.assign(
      actions,
      actionSchema(action, contract, (ctx) => query(ctx.params as never, { meta: ctx.meta })),
    );
  }
  return wireService(name, actions);
}

/** May be repeated: what it sends carries ids that derive from its own command id. */
export type Procedure = (params: never, site: CallSite) => Promise<unknown>;

/** Procedures of a contract, as a service of their own. @throws Error for one that the contract does not declare so */
export function procedureService(
  name: string,
  contract: AnyContract,
  procedures: Readonly<Record<string, Procedure>>,
): ServiceSchema {
  const actions: ServiceActionsSchema = {};
  for (const [action, procedure] of Object.entries(procedures)) {
    const declared = contract.actions[action];
    if (declared?.kind !== "procedure") throw new Error(`${name} runs "${action}", but no contract declares it so`);
    const handler: Handler = (ctx) => procedure(ctx.params as never, { caller: ctx, meta: ctx.meta });
    Object.assign(actions, actionSchema(action, declared, handler));
  }
  return wireService(name, actions);
}
