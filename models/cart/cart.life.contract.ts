/** What the mall itself does with carts: opens them, hands them over, locks them for checkout, ends them. */
import Joi from "../kernel/schema";
import type { Actions, Receipt } from "../kernel/contract";
import { idSchema } from "../kernel/text";
import type { Address, Contact } from "./cart.quote.contract";
import { addressSchema, contactSchema, COUPONS_MAX, couponCodeSchema, LINES_MAX } from "./cart.quote.contract";
import { currencySchema } from "../kernel/money";
import type { CartLine } from "./cart.view.contract";

interface ById {
  readonly id: string;
}

export interface BeginCart extends ById {
  readonly channelId: string;
  readonly currency: string;
  readonly customerId: string | null;
}

/** From now on this cart of nobody is another's: nothing can be changed in it any more. */
export interface HandOverCart extends ById {
  readonly to: string;
}

/** What a cart that was handed over held. */
export interface AbsorbCart extends ById {
  readonly from: string;
  readonly lines: readonly CartLine[];
  readonly coupons: readonly string[];
  readonly contact?: Contact;
  readonly shippingAddress?: Address;
}

export interface LockCart extends ById {
  readonly checkoutId: string;
}

export interface CartLifeCalls {
  "cart.begin": { params: BeginCart; result: Receipt };
  "cart.handOver": { params: HandOverCart; result: Receipt };
  "cart.absorb": { params: AbsorbCart; result: Receipt };
  "cart.carryOver": { params: ById; result: object };
  "cart.settle": { params: ById; result: Receipt };
  "cart.lock": { params: LockCart; result: Receipt };
  "cart.unlock": { params: LockCart; result: Receipt };
  "cart.complete": { params: LockCart; result: Receipt };
  "cart.expire": { params: ById; result: Receipt };
}

const id = idSchema.required();
const keep = { permission: "cart.keep", owner: "platform" } as const;
const command = { kind: "command", key: "id", ...keep } as const;
const byId = Joi.object<ById, true>({ id });
const held = Joi.object<LockCart, true>({ id, checkoutId: id });

export const cartLifeActions: Actions<CartLifeCalls> = {
  "cart.begin": {
    ...command,
    summary: "Open a cart under its id, unless it is open",
    params: Joi.object<BeginCart, true>({
      id,
      channelId: id,
      currency: currencySchema.required(),
      customerId: idSchema.allow(null).required(),
    }),
  },
  "cart.handOver": {
    ...command,
    summary: "Close a cart of nobody in favour of an account's",
    params: Joi.object<HandOverCart, true>({ id, to: id }),
  },
  "cart.absorb": {
    ...command,
    summary: "Take in what a cart that was handed over held",
    // not strict: Joi has no word for read-only lists
    params: Joi.object<AbsorbCart>({
      id,
      from: id,
      lines: Joi.array()
        .items(
          Joi.object<CartLine, true>({
            lineId: id,
            offerId: id,
            quantity: Joi.number().integer().min(1).required(),
            seenMinor: Joi.number().integer().min(0).required(),
          }),
        )
        .max(LINES_MAX)
        .required(),
      coupons: Joi.array().items(couponCodeSchema).max(COUPONS_MAX).required(),
      contact: contactSchema,
      shippingAddress: addressSchema,
    }),
  },
  "cart.carryOver": {
    kind: "procedure",
    summary: "Bring what a cart that was handed over held to where it belongs; sent by the mall's timers",
    params: byId,
    ...keep,
  },
  "cart.settle": { ...command, summary: "Note that what a cart held has arrived where it belongs", params: byId },
  "cart.lock": { ...command, summary: "Hold a cart as it is for a checkout", params: held },
  "cart.unlock": { ...command, summary: "Let a cart go that a checkout held", params: held },
  "cart.complete": { ...command, summary: "Empty a cart that was bought", params: held },
  "cart.expire": {
    ...command,
    summary: "End a cart of nobody that was not touched for long; sent by the mall's timers",
    params: byId,
  },
};
