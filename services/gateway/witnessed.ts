/**
 * Calls in the name of who came through this door: what people of the mall are shown of others is written down before
 * it is told. Here, and not at the action, for the mall's own steps ask the same actions, and show nobody anything.
 */
import type { ActionContract, AnyContract } from "../../models/kernel/contract";
import type { Disclosures } from "../kernel/disclosures";
import type { RouteDeps } from "./routes";

type Call = RouteDeps["call"];

export function witnessed(call: Call, contracts: readonly AnyContract[], disclosures?: Disclosures): Call {
  if (!disclosures) return call;
  const disclosing = new Map<string, ActionContract>(
    contracts.flatMap(({ actions }) => Object.entries(actions).filter(([, { discloses }]) => discloses !== undefined)),
  );
  return async (name, params, options) => {
    const result = await call(name, params, options);
    const action = disclosing.get(name);
    const { principal, trace } = options.meta;
    if (action) await disclosures.answered({ name, action, principal, trace, result });
    return result;
  };
}
