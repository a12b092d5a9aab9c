/** What the payment for more of an order knows: what was proposed, how it is paid, and what its steps learnt. */
import Joi from "../kernel/schema";
import { addressSchema, contactSchema, type Address, type Contact, type QuoteLine } from "../cart/cart.quote.contract";
import type { Allocation } from "../checkout/checkout.allocation.contract";
import { checkoutAmount, patchKeys as learnt } from "../checkout/checkout.data.contract";
import { derivedId } from "../kernel/ids";
import { currencySchema } from "../kernel/money";
import { idSchema, plainText } from "../kernel/text";
import { orderQuantity } from "../order/order.place.contract";

/** What of a line is to be had from a shelf. */
export type SupplementLine = Pick<QuoteLine, "lineId" | "offerId" | "quantity" | "delivery">;

export interface SupplementData {
  readonly orderId: string;
  readonly raiseId: string;
  /** Null for a guest: whose order it is. */
  readonly customerId: string | null;
  /** Whom it is bought of, and for whom, as the order says: by these the risk of the payment is judged. */
  readonly sellerId?: string;
  readonly contact?: Contact | null;
  readonly shippingAddress?: Address | null;
  readonly provider: string;
  /** The token of the card. Shown to nobody. */
  readonly method: string;
  readonly currency: string;
  readonly amountMinor: number;
  /** What is still to be reserved: of an exchange nothing, it is held already. */
  readonly lines: readonly SupplementLine[];
  readonly allocations?: readonly Allocation[];
  /** Whether another try could find the goods elsewhere. */
  readonly spread?: boolean;
  /** Where the customer does what the bank asks for. */
  readonly challengeUrl?: string;
  /** The customer has to prove who they are. */
  readonly strong?: boolean;
  readonly captureId?: string;
}

/** Whose it is: an account, or a guest's order, which is a subject of its own. */
export const supplementSubject = ({ customerId, orderId }: Pick<SupplementData, "customerId" | "orderId">): string =>
  customerId ?? `order-${orderId}`;

export const supplementPaymentId = (id: string): string => derivedId("payment", "supplement", id);

const LINES_MAX = 40;
const id = idSchema.required();

export const beginKeys = {
  orderId: id,
  raiseId: plainText(12).min(1).required(),
  customerId: idSchema.allow(null).required(),
  sellerId: idSchema,
  contact: contactSchema.allow(null),
  shippingAddress: addressSchema.allow(null),
  provider: plainText(32).required(),
  method: plainText(200).required(),
  currency: currencySchema.required(),
  amountMinor: checkoutAmount.min(1).required(),
  lines: Joi.array()
    .items(
      Joi.object<SupplementLine, true>({
        lineId: id,
        offerId: id,
        quantity: orderQuantity.required(),
        delivery: Joi.string().valid("parcel", "digital").required(),
      }),
    )
    .max(LINES_MAX)
    .required(),
};

const { allocations, spread, strong, challengeUrl, captureId } = learnt;
export const patchKeys = { allocations, spread, strong, challengeUrl, captureId };
