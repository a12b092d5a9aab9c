/** What the queries of sellers answer, as schemas: for OpenAPI, and held against real answers by a test. */
import Joi from "joi";
import { idSchema, languageSchema, type Text } from "../kernel/text";
import type { ListedSellers, SellerGlance, SellerProfile } from "./seller.contract";

const id = idSchema.required();
const status = Joi.string().valid("draft", "submitted", "active", "suspended", "closed").required();
const name = Joi.string().required();

export const profileSchema = Joi.object<SellerProfile, true>({
  id,
  version: Joi.number().integer().min(1).required(),
  status,
  name,
  about: Joi.object<Text>().pattern(languageSchema, Joi.string().allow("")).required(),
  country: Joi.string().required(),
  activeSince: Joi.string().isoDate().allow(null).required(),
});

export const glanceSchema = Joi.object<SellerGlance, true>({ status, name });

export const listSchema = Joi.object<ListedSellers, true>({
  items: Joi.array().items(profileSchema).max(100).required(),
  total: Joi.number().integer().min(0).required(),
  cursor: Joi.string().allow(null).required().description("Asks for the next page; null on the last"),
});
