/**
 * A broker middleware that completes every call, whoever makes it: a command gets an id before Moleculer may repeat
 * it, and the key by which it is routed. What belongs to one command alone must not leak into the calls that its
 * handler makes: Moleculer hands meta on to them.
 */
import type { Middleware } from "moleculer";
import type { AnyContract } from "../../models/kernel/contract";
import { randomId } from "../../models/kernel/ids";
import { routingKeyOf, type Params } from "./command-id";
import { ROUTING_KEY } from "./rendezvous";

interface Options {
  meta?: Readonly<Record<string, unknown>>;
}

const OF_ONE_COMMAND = {
  commandId: undefined,
  expectedVersion: undefined,
  occurredAt: undefined,
  after: undefined,
  exempt: undefined,
};

export function routing(contracts: readonly AnyContract[]): Middleware {
  const actions = new Map(contracts.flatMap((contract) => Object.entries(contract.actions)));
  return {
    name: "Routing",
    call(next: (action: string, params: Params, options: Options) => Promise<unknown>) {
      return (name: string, params: Params = {}, options: Options = {}) => {
        const action = actions.get(name);
        if (!action) return next(name, params, options);
        const given = options.meta?.["commandId"] as string | undefined;
        const commandId = given ?? (action.kind === "query" ? undefined : randomId());
        const meta = {
          ...OF_ONE_COMMAND,
          ...options.meta,
          commandId,
          [ROUTING_KEY]: routingKeyOf(name, action, params, commandId),
        };
        return next(name, params, { ...options, meta });
      };
    },
  } as unknown as Middleware;
}
