/**
 * Where an order stands, and what may be done with it there: the one definition. The aggregate decides by it, the API
 * publishes it (`order.machine`), and a property test holds every step that an order ever takes against it.
 */
import Joi from "../kernel/schema";

export const ORDER_STATUSES = ["placed", "part-shipped", "shipped", "delivered", "returned", "cancelled"] as const;

export type OrderStatus = (typeof ORDER_STATUSES)[number];

export interface OrderTransition {
  /** Wire name of the command. */
  readonly command: string;
  readonly from: readonly OrderStatus[];
  /** Where it may lead; which of them follows from what is left of the lines. */
  readonly to: readonly OrderStatus[];
}

const OPEN = ["placed", "part-shipped"] as const;
const SENT = ["part-shipped", "shipped", "delivered"] as const;

export const orderTransitions: readonly OrderTransition[] = [
  // a file that came with the payment keeps nobody from giving up what is yet to be sent
  { command: "order.cancel", from: OPEN, to: ["cancelled", "delivered", "returned"] },
  { command: "order.redirect", from: OPEN, to: OPEN },
  // digital goods are delivered with the payment
  { command: "order.recordCapture", from: ["placed"], to: ["placed", "part-shipped", "delivered"] },
  // a file that is paid as it is sent is there at once
  { command: "order.ship", from: OPEN, to: SENT },
  { command: "order.decline", from: OPEN, to: ["placed", "cancelled", ...SENT, "returned"] },
  { command: "order.edit", from: OPEN, to: ["placed", "cancelled", ...SENT, "returned"] },
  { command: "order.raise", from: OPEN, to: OPEN },
  // what was sent before is exchanged for what is yet to be sent, or for files
  { command: "order.extend", from: [...OPEN, "shipped", "delivered", "returned"], to: [...OPEN, ...SENT] },
  { command: "order.deliver", from: SENT, to: SENT },
  { command: "order.admitReturn", from: SENT, to: SENT },
  { command: "order.settleReturn", from: [...SENT, "returned"], to: [...SENT, "returned"] },
];

/**
 * Wherever the goods are, money may come and be given back, and what was proposed may be let go: allowed in every
 * status, and changing no other one.
 */
export const ALWAYS = [
  ...(["order.recordCapture", "order.refund", "order.refundReplaced"] as const),
  ...(["order.refuseRaise", "order.lapseRaise"] as const),
] as const;

const FINAL_STATUSES: readonly OrderStatus[] = ORDER_STATUSES.filter(
  (status) => !orderTransitions.some(({ from, to }) => from.includes(status) && to.some((next) => next !== status)),
);

/** False where the machine does not allow the command in this status. */
export const admits = (status: OrderStatus, command: string): boolean =>
  orderTransitions.some((one) => one.command === command && one.from.includes(status));

export interface OrderMachine {
  readonly initial: OrderStatus;
  readonly statuses: OrderStatus[];
  /** From which nothing leads away. */
  readonly final: OrderStatus[];
  readonly transitions: { readonly command: string; readonly from: OrderStatus[]; readonly to: OrderStatus[] }[];
  /** Commands that are allowed in every status and, where no transition says otherwise, change none. */
  readonly always: string[];
  /** The same as a Mermaid state diagram. */
  readonly diagram: string;
}

/** One arrow per pair of statuses, named by the commands that lead along it. */
function diagramOf(): string {
  const arrows = new Map<string, string[]>();
  for (const { command, from, to } of orderTransitions) {
    const pairs = from.flatMap((one) => to.filter((next) => next !== one).map((next) => `${one} --> ${next}`));
    for (const pair of pairs) arrows.set(pair, [...(arrows.get(pair) ?? []), command.replace("order.", "")]);
  }
  const lines = [...arrows].map(([pair, commands]) => `  ${pair}: ${commands.join(", ")}`);
  return ["stateDiagram-v2", "  [*] --> placed", ...lines].join("\n");
}

export const orderMachine: OrderMachine = {
  initial: "placed",
  statuses: [...ORDER_STATUSES],
  transitions: orderTransitions.map(({ command, from, to }) => ({ command, from: [...from], to: [...to] })),
  final: [...FINAL_STATUSES],
  always: [...ALWAYS],
  diagram: diagramOf(),
};

export const orderStatus = Joi.string<OrderStatus>().valid(...ORDER_STATUSES);
const statuses = Joi.array().items(orderStatus).max(ORDER_STATUSES.length).required();

export const orderMachineSchema = Joi.object<OrderMachine, true>({
  initial: orderStatus.required(),
  statuses,
  final: statuses,
  always: Joi.array().items(Joi.string()).max(20).required(),
  transitions: Joi.array()
    .items(Joi.object({ command: Joi.string().required(), from: statuses, to: statuses }))
    .max(50)
    .required(),
  diagram: Joi.string().required(),
});
