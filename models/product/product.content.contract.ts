/** What a product may say of itself, as schemas: the same for the commands that set it and the answers that show it. */
import Joi from "../kernel/schema";
import { idSchema, plainText, textSchema } from "../kernel/text";
import type { Attributes, Media, Option, Variant } from "./product.contract";

const name = plainText(64).pattern(/^[a-z0-9][a-z0-9_-]*$/, "name in lower case");
const word = plainText(1_000);

export const contentSchemas = {
  title: textSchema(500),
  description: textSchema(20_000),
  brand: plainText(100),
  categoryId: idSchema,
  categoryPath: Joi.array().items(plainText(100).required()).min(1).max(8),
  attributes: Joi.object<Attributes>().pattern(name, [word, Joi.number(), Joi.boolean()]).max(300),
  options: Joi.array()
    .items(
      Joi.object<Option, true>({ name: name.required(), values: Joi.array().items(word).min(1).max(100).required() }),
    )
    .unique("name")
    .max(5),
  variants: Joi.array()
    .items(
      Joi.object<Variant, true>({
        id: idSchema.required(),
        options: Joi.object<Record<string, string>>().pattern(name, word).max(5).required(),
        ean: plainText(14).pattern(/^\d{8,14}$/, "EAN"),
      }),
    )
    .unique("id")
    .max(200),
  media: Joi.array()
    .items(
      Joi.object<Media, true>({
        kind: Joi.string().valid("image", "video", "document").required(),
        url: plainText(2_000).uri({ scheme: ["http", "https"], allowRelative: true }),
        assetId: idSchema,
        alt: textSchema(500),
      }).or("url", "assetId"),
    )
    .max(50),
};
