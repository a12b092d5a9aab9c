/** Promises of the contracts' types: calls are checked against them, and no action opens itself by an omission. */
import Joi from "joi";
import type { Calls } from "../../models/contracts";
import type { Actions, ActionContract } from "../../models/kernel/contract";
import { refuse } from "../../models/refusals";
import type { TypedCall } from "../../services/kernel/call";

declare const call: TypedCall<Calls>;

export async function calls(): Promise<void> {
  // the result is the action's own
  const { onHand } = await call("stock.get", { offerId: "o1", location: "berlin" });
  onHand.toFixed();

  // @ts-expect-error -- there is no such action
  await call("stock.take", { offerId: "o1" });

  // @ts-expect-error -- the location is missing
  await call("stock.get", { offerId: "o1" });

  // @ts-expect-error -- a quantity is a number
  await call("stock.count", { offerId: "o1", location: "berlin", counted: "5" });

  // @ts-expect-error -- there is no such param
  await call("stock.get", { offerId: "o1", location: "berlin", warehouse: "b" });
}

// a receipt tells the version, not the state
// @ts-expect-error -- there is no price
export type Price = Calls["offer.withdraw"]["result"]["price"];

interface Ping {
  readonly id: string;
}

const complete = {
  kind: "query",
  summary: "Ping",
  params: Joi.object<Ping, true>({ id: Joi.string().required() }),
  permission: "thing.read",
  owner: "platform",
  http: { method: "GET", path: "/v1/things/{id}" },
} as const;

export const right: ActionContract<Ping> = complete;

const { permission: _permission, ...open } = complete;
// deny by default: who may call it is said, or it does not compile
// @ts-expect-error -- permission is missing
export const unguarded: ActionContract<Ping> = open;

const { owner: _owner, ...ownerless } = complete;
// @ts-expect-error -- owner is missing
export const nobodys: ActionContract<Ping> = ownerless;

// calls are routed by a param that there is
// @ts-expect-error -- Ping has no param "name"
export const unroutable: ActionContract<Ping> = { ...complete, key: "name" };

// the schema is that of the params
// @ts-expect-error -- a schema for other params
export const strange: ActionContract<{ readonly name: string }> = complete;

// a strict schema names every param
// @ts-expect-error -- the schema has no id
export const loose = Joi.object<Ping, true>({});

// every call of an aggregate has its action
// @ts-expect-error -- thing.ping is missing
export const silent: Actions<{ "thing.ping": { params: Ping; result: null } }> = {};

// a refusal is one of the list
// @ts-expect-error -- no such refusal
export const refused = (): never => refuse("OFFER_TOO_CHEAP", "It is too cheap.");
