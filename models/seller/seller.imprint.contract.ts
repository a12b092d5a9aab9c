/** What stands of a seller on its papers, and how it is kept up to date once the seller was let in. */
import type { Actions, Receipt } from "../kernel/contract";
import Joi from "../kernel/schema";
import { idSchema } from "../kernel/text";
import { beginningSchemas, partSchemas, type Business, type Tax } from "./application.contract";
import type { SellerId } from "./seller.review.contract";

/** What its invoices have to say of a seller, as of a version of what it said of itself. */
export interface SellerImprint {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly country: string;
  /** Null where it was never said, or the account behind it was erased. */
  readonly business: Business | null;
  readonly tax: Tax | null;
}

/** A business that moved, is called otherwise, or got another number: what is printed on its papers from now on. */
export interface AmendSeller extends SellerId {
  readonly business?: Business;
  readonly tax?: Tax;
}

export interface ImprintCalls {
  "seller.amend": { params: AmendSeller; result: Receipt };
  "seller.imprint": { params: SellerId; result: SellerImprint };
}

const id = idSchema.required();
const { name, country } = beginningSchemas;
const { business, tax } = partSchemas;
const imprintSchema = Joi.object<SellerImprint, true>({
  id,
  version: Joi.number().integer().min(1).required(),
  name: name.required(),
  country: country.required(),
  business: business.allow(null).required(),
  tax: tax.allow(null).required(),
});

export const imprint: Actions<ImprintCalls> = {
  "seller.amend": {
    kind: "command",
    key: "id",
    summary: "Change the registered name, the address or the tax numbers that a seller's invoices show from now on",
    params: Joi.object<AmendSeller, true>({ id, business, tax }).min(2),
    permission: "seller.write",
    owner: { field: "id" },
    http: { method: "PATCH", path: "/v1/sellers/{id}/imprint" },
  },
  "seller.imprint": {
    kind: "query",
    key: "id",
    summary: "What a seller's invoices say of it, for whoever may change it",
    params: Joi.object<SellerId, true>({ id }),
    result: imprintSchema,
    permission: "seller.write",
    owner: { field: "id" },
    // whose account is behind it is said by the seller alone
    discloses: { of: ({ id: seller }) => [`seller-${seller}`] },
    http: { method: "GET", path: "/v1/sellers/{id}/imprint" },
  },
};
