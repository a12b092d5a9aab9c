/**
 * Turns a contract and an aggregate into a Moleculer service. Every action goes the same way: the permission is
 * checked, then the schema (validator.ts), a command goes to its actor and its answer is made from the row that it
 * became. An action without a permission, or a command without a key, does not start.
 */
import type { Context, ServiceActionsSchema, ServiceSchema } from "moleculer";
import type { AnyAggregate } from "../../models/kernel/aggregate";
import type { ActionContract, AnyContract, Receipt } from "../../models/kernel/contract";
import { canonical } from "../../models/kernel/canonical";
import { paramsHash } from "../../models/kernel/ids";
import { isRefusal, refuseKernel } from "../../models/kernel/refusal";
import type { Commit } from "../../models/kernel/row";
import { createActors, type Actors } from "./actor";
import type { CallMeta, Caller, QueryContext } from "./call";
import type { Command } from "./command";
import { aggregateIdOf, type Params } from "./command-id";
import type { Recent } from "./history-reader";
import type { Node } from "./node";
import { announcedRow } from "./wire";
import { oldContent } from "./old-content";
import { holdsMallWide, pass, permitted, type Guard, type Roles } from "./permission";

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
  /** True where params are personal or easily guessed: then only a keyed hash of them is kept. */
  readonly confidential?: boolean;
  /** By wire name of a command. */
  readonly prepare?: Readonly<Record<string, Prepare>>;
  /** By wire name of a query that the write side answers. */
  readonly queries?: Readonly<Record<string, WriteSideQuery>>;
}

interface Meta extends CallMeta {
  readonly commandId: string;
}

type Called = Context<Params, Meta>;
export type Handler = (ctx: Called, guard: Guard) => Promise<unknown>;

export interface Declared {
  readonly name: string;
  readonly action: ActionContract;
}

/** Faults of a declaration are found at start, not by a caller. */
function checkDeclared(name: string, action: ActionContract): void {
  if (!action.permission) throw new Error(`${name} declares no permission; use PUBLIC to open it to everybody`);
  if (action.kind === "command" && !action.key && !action.keyOf) {
    throw new Error(`${name} changes an aggregate but does not say which param names it: give it a key`);
  }
}

export function actionSchema(roles: Roles, declared: Declared, handler: Handler): ServiceActionsSchema {
  const { name, action } = declared;
  checkDeclared(name, action);
  return {
    [name]: {
      joi: action.params,
      convert: action.kind === "query",
      needs: action,
      // repeating is safe: a query changes nothing, and a command carries its id
      retryPolicy: { enabled: true },
      async handler(ctx: Called) {
        // again, so that a broker made without our validator does not stand open
        const guard = permitted(roles, declared, ctx.meta.principal);
        // what the params say of the owner is held against the caller before anything is done
        pass(guard, [ctx.params], "partly");
        return handler(ctx, guard);
      },
    },
  };
}

/**
 * What a query found is told only to those whom it concerns. That there is nothing is told, like any other answer,
 * only to who might see what there is: for the others what is not theirs and what does not exist look the same.
 */
async function guardedQuery(params: Params, guard: Guard, query: () => Promise<unknown>): Promise<unknown> {
  try {
    const result = await query();
    pass(guard, [params, result]);
    return result;
  } catch (error) {
    if (isRefusal(error, "NOT_FOUND")) pass(guard, [params]);
    throw error;
  }
}

/** A service whose actions keep their full wire names. */
export const wireService = (name: string, actions: ServiceActionsSchema): ServiceSchema => ({
  name,
  settings: { $noServiceNamePrefix: true },
  actions,
});

function occurredAt(roles: Roles, { occurredAt: at, principal }: Meta): string | null {
  if (at === undefined) return null;
  return holdsMallWide(roles, principal, "time.backdate")
    ? at
    : refuseKernel("FORBIDDEN", "Setting the business time needs the permission time.backdate.");
}

function commandOf(
  { name, action }: Declared,
  ctx: Called,
  hashOf: (params: object) => string,
): Omit<Command, "params" | "guard" | "occurredAt"> {
  const { meta, params } = ctx;
  return {
    id: meta.commandId,
    name,
    paramsHash: hashOf(params),
    aggregateId: aggregateIdOf(name, action, params, meta.commandId),
    creates: action.kind === "create",
    by: meta.principal.id,
    onBehalfOf: meta.onBehalfOf ?? null,
    causedBy: meta.causedBy ?? null,
    trace: meta.trace,
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
  { service, ...declared }: Declared & { service: AggregateService },
): Handler {
  const prepare = service.prepare?.[declared.name];
  const { restores } = declared.action;
  const old = restores && oldContent(node, service.aggregate.name, restores);
  // a plain hash of an address tells the address to whoever tries enough of them
  const { pepper } = node.identity;
  const hashOf = service.confidential ? (sent: object) => pepper.mac("params", canonical(sent)) : paramsHash;
  return async (ctx, guard) => {
    if (ctx.meta.hlc !== undefined) node.clock.observe(ctx.meta.hlc);
    const at = occurredAt(node.roles, ctx.meta);
    const command = { ...commandOf(declared, ctx, hashOf), guard, occurredAt: at };
    const caller = ctx as unknown as Caller;
    const asked = old ? await old(ctx.params) : ctx.params;
    const params = prepare ? await prepare(asked as never, { caller, meta: ctx.meta }) : asked;
    const row = await actors.send({ ...command, params });
    return receiptOf(node, { ...row, aggregate: service.aggregate.name });
  };
}

const queryHandler =
  (query: Query): Handler =>
  (ctx, guard) =>
    guardedQuery(ctx.params, guard, () => query(ctx.params as never, { meta: ctx.meta }));

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
    committed: (made) => node.committed(made.map(({ row, text }) => announcedRow(aggregate.name, row, text.text))),
  });
  const actions: ServiceActionsSchema = {};
  for (const [name, action] of Object.entries(contract.actions)) {
    const query = queries[name];
    const declared = { name, action };
    const answer: Query | undefined =
      query && ((params, context) => query(params, { ...context, recent: actors.recent }));
    if (action.kind === "create" || action.kind === "command") {
      Object.assign(
        actions,
        actionSchema(node.roles, declared, commandHandler(node, actors, { ...declared, service })),
      );
    } else if (answer) {
      Object.assign(actions, actionSchema(node.roles, declared, queryHandler(answer)));
    }
  }
  return wireService(aggregate.name, actions);
}

export interface QueryService {
  readonly name: string;
  readonly contracts: readonly AnyContract[];
  /** By wire name. */
  readonly queries: Readonly<Record<string, Query>>;
  readonly roles: Roles;
}

/** Queries that the read side answers, as a service of their own. */
export function queryService({ name, contracts, queries, roles }: QueryService): ServiceSchema {
  const actions: ServiceActionsSchema = {};
  for (const [wire, query] of Object.entries(queries)) {
    const action = contracts.map((contract) => contract.actions[wire]).find((found) => found !== undefined);
    if (!action) throw new Error(`${name} answers "${wire}", but no contract declares it`);
    Object.assign(actions, actionSchema(roles, { name: wire, action }, queryHandler(query)));
  }
  return wireService(name, actions);
}

/** May be repeated: what it sends carries ids that derive from its own command id. */
export type Procedure = (params: never, site: CallSite) => Promise<unknown>;

export interface ProcedureService {
  readonly name: string;
  readonly contract: AnyContract;
  /** By wire name. */
  readonly procedures: Readonly<Record<string, Procedure>>;
  readonly roles: Roles;
}

/**
 * Procedures of a contract, and queries that must ask other services, as a service of their own.
 * @throws Error for one that the contract does not declare so
 */
export function procedureService({ name, contract, procedures, roles }: ProcedureService): ServiceSchema {
  const actions: ServiceActionsSchema = {};
  for (const [wire, procedure] of Object.entries(procedures)) {
    const action = contract.actions[wire];
    if (action?.kind !== "procedure" && action?.kind !== "query") {
      throw new Error(`${name} runs "${wire}", but no contract declares it so`);
    }
    const run = (ctx: Called) => procedure(ctx.params as never, { caller: ctx, meta: ctx.meta });
    const handler: Handler = (ctx, guard) => {
      if (action.kind === "query") return guardedQuery(ctx.params, guard, () => run(ctx));
      // there is no state to ask: the params say whom it concerns
      pass(guard, [ctx.params]);
      return run(ctx);
    };
    Object.assign(actions, actionSchema(roles, { name: wire, action }, handler));
  }
  return wireService(name, actions);
}
