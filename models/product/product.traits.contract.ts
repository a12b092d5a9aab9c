/** What many products are at once, as the read side knows it: for who asks what somebody likes. */
import Joi from "../kernel/schema";
import { PUBLIC, type ActionContract } from "../kernel/contract";
import { idSchema, type Text } from "../kernel/text";

export interface AskTraits {
  readonly ids: string[];
}

export interface ProductTraits {
  readonly id: string;
  readonly brand: string | null;
  /** The id of its category, or its path where it has none. */
  readonly category: string | null;
  readonly amountMinor: number | null;
  readonly currency: string | null;
  /** Of a published one: how it is shown. */
  readonly title?: Text;
  readonly image?: string | null;
}

export interface TraitsFound {
  /** Those that there are, in whatever order. */
  readonly items: ProductTraits[];
}

export const TRAITS_MAX = 100;

export const productTraits: ActionContract<AskTraits, TraitsFound> = {
  kind: "query",
  summary: "What products are: brand, category, lowest price, and how published ones are shown",
  params: Joi.object<AskTraits, true>({ ids: Joi.array().items(idSchema).max(TRAITS_MAX).required() }),
  result: Joi.object<TraitsFound, true>({
    items: Joi.array()
      .items(
        Joi.object<ProductTraits, true>({
          id: idSchema.required(),
          brand: Joi.string().allow(null).required(),
          category: Joi.string().allow(null).required(),
          amountMinor: Joi.number().integer().allow(null).required(),
          currency: Joi.string().allow(null).required(),
          title: Joi.object<Text>().pattern(Joi.string(), Joi.string()),
          image: Joi.string().allow(null),
        }),
      )
      .max(TRAITS_MAX)
      .required(),
  }),
  permission: PUBLIC,
  owner: "platform",
};
