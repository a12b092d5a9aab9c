/** What the handlers of actions are made of: the words that services and their handlers share. */
import type { Context } from "moleculer";
import type { ActionContract } from "../../models/kernel/contract";
import type { CallMeta, Caller } from "./call";
import type { Params } from "./command-id";
import type { Guard } from "./permission";

/** From where a service calls others. */
export interface CallSite {
  readonly caller: Caller;
  readonly meta: CallMeta;
}

/** Adds what a command needs to know of other aggregates. May refuse; must not change anything. */
export type Prepare = (params: never, site: CallSite) => Promise<object>;

/** What is known of a call by the time it reaches its handler. */
export interface Meta extends CallMeta {
  readonly commandId: string;
}

export type Called = Context<Params, Meta>;
export type Handler = (ctx: Called, guard: Guard) => Promise<unknown>;

export interface Declared {
  readonly name: string;
  readonly action: ActionContract;
}
