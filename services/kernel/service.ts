/**
 * Turns a contract and an aggregate into a Moleculer service. Every action goes the same way: the permission is
 * checked, then the schema (validator.ts), a command goes to its actor and its answer is made from the row that it
 * became. An action without a permission, or a command without a key, does not start.
 */
import type { ServiceActionsSchema, ServiceSchema } from "moleculer";
import type { AnyAggregate } from "../../models/kernel/aggregate";
import type { ActionContract, AnyContract } from "../../models/kernel/contract";
import { isRefusal } from "../../models/kernel/refusal";
import { createActors } from "./actor";
import type { QueryContext } from "./call";
import { commandHandler } from "./command-handler";
import type { Params } from "./command-id";
import { needsSecond, requestApproval } from "./four-eyes";
import type { CallSite, Called, Declared, Handler, Prepare } from "./handler";
import type { Recent } from "./history-reader";
import type { Node } from "./node";
import { holding, pass, permitted, type Guard, type Roles } from "./permission";
import { reaching } from "./store-away";
import { announcedRow } from "./wire";

export type { CallSite, Declared, Handler, Prepare } from "./handler";

export type Query = (params: never, context: QueryContext) => Promise<unknown>;

/** A query that the write side answers may also look at what this node remembers, and ask other services. */
export type WriteSideQuery = (params: never, context: QueryContext & Recent & CallSite) => Promise<unknown>;

type CalledQuery = (params: never, site: CallSite) => Promise<unknown>;

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

/** Faults of a declaration are found at start, not by a caller. */
function checkDeclared(name: string, action: ActionContract): void {
  if (!action.permission) throw new Error(`${name} declares no permission; use PUBLIC to open it to everybody`);
  if (action.kind === "command" && !action.key && !action.keyOf) {
    throw new Error(`${name} changes an aggregate but does not say which param names it: give it a key`);
  }
}

/**
 * Moleculer writes what a nested call was sent with, principal and command id included, back over the caller's meta,
 * and repeats a call (also one that is still under way, when its time is over) with what stands there then: it would be
 * another's call, under another's command id. So an action runs in a context of its own, and the call keeps its meta.
 */
function apart(ctx: Called): Called {
  const own = ctx.copy();
  own.id = ctx.id;
  own.meta = { ...ctx.meta };
  return own;
}

export function actionSchema(roles: Roles, declared: Declared, handler: Handler): ServiceActionsSchema {
  const { name, action } = declared;
  checkDeclared(name, action);
  return {
    [name]: {
      // a function, for everything else of an action is told to every other node, at each change, in one message
      contract: () => action,
      convert: action.kind === "query",
      // repeating is safe: a query changes nothing, and a command carries its id
      retryPolicy: { enabled: true },
      async handler(ctx: Called) {
        // again, so that a broker made without our validator does not stand open
        const guard = permitted(roles, declared, ctx.meta.principal);
        // what the params say of the owner is held against the caller before anything is done
        pass(guard, [ctx.params], "partly");
        return reaching(action.kind, () => handler(apart(ctx), guard));
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

/** A copy of meta: Moleculer writes what a nested call was sent with, principal included, back over the caller's. */
const siteOf = (ctx: Called): CallSite => ({ caller: ctx, meta: { ...ctx.meta } });

const queryHandler =
  (query: CalledQuery): Handler =>
  (ctx, guard) =>
    guardedQuery(ctx.params, guard, () => query(ctx.params as never, siteOf(ctx)));

export function aggregateService(node: Node, service: AggregateService): ServiceSchema {
  const { contract, aggregate, queries = {} } = service;
  const histories = node.histories(aggregate.name);
  const actors = createActors({
    ...node.limits,
    aggregate,
    histories,
    idle: node.memory.idle(aggregate.name),
    writer: node.writer(aggregate.name),
    clock: node.clock,
    personal: node.personal(aggregate.name),
    claims: node.claims,
    committed: (made) => node.committed(made.map(({ row, text }) => announcedRow(aggregate.name, row, text.text))),
  });
  node.memory.add(aggregate.name, actors);
  const actions: ServiceActionsSchema = {};
  for (const [name, action] of Object.entries(contract.actions)) {
    const query = queries[name];
    const declared = { name, action };
    const answer: CalledQuery | undefined =
      query && ((params, site) => query(params, { ...site, recent: actors.newest }));
    if (action.kind === "create" || action.kind === "command") {
      Object.assign(
        actions,
        actionSchema(
          node.roles,
          declared,
          commandHandler(node, actors, {
            ...declared,
            aggregate: aggregate.name,
            prepare: service.prepare?.[name],
            confidential: service.confidential,
          }),
        ),
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
    const answer = queryHandler((params, site) =>
      query(params, { ...site, holds: holding(roles, site.meta.principal) }),
    );
    Object.assign(actions, actionSchema(roles, { name: wire, action }, answer));
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
    const run = (ctx: Called) => procedure(ctx.params as never, siteOf(ctx));
    const handler: Handler = (ctx, guard) => {
      if (action.kind === "query") return guardedQuery(ctx.params, guard, () => run(ctx));
      // there is no state to ask: the params say whom it concerns
      pass(guard, [ctx.params]);
      if (needsSecond(action, ctx.meta, ctx.params)) {
        return requestApproval(ctx, { name: wire, params: ctx.params, meta: ctx.meta });
      }
      return run(ctx);
    };
    Object.assign(actions, actionSchema(roles, { name: wire, action }, handler));
  }
  return wireService(name, actions);
}
