/** What the queries of sellers answer, as schemas: for OpenAPI, and held against real answers by a test. */
import Joi from "../kernel/schema";
import { idSchema, languageSchema, type Text } from "../kernel/text";
import { beginningSchemas, partSchemas } from "./application.contract";
import type { Step } from "./guide.contract";
import type {
  ApplicationView,
  ListedSellers,
  OwnApplication,
  OwnApplications,
  SellerGlance,
  SellerProfile,
} from "./seller.contract";
import type { Reason } from "./seller.review.contract";

const id = idSchema.required();
const status = Joi.string().valid("draft", "submitted", "active", "suspended", "closed").required();
const name = Joi.string().required();

const version = Joi.number().integer().min(1).required();

export const profileSchema = Joi.object<SellerProfile, true>({
  id,
  version,
  status,
  name,
  about: Joi.object<Text>().pattern(languageSchema, Joi.string().allow("")).required(),
  country: Joi.string().required(),
  activeSince: Joi.string().isoDate().allow(null).required(),
});

const step = Joi.object<Step, true>({
  part: Joi.string().valid("business", "contact", "tax", "bank", "papers").required(),
  state: Joi.string().valid("done", "done-unchecked", "missing", "wrong").required(),
  why: Joi.string().allow(null).required(),
  todo: Joi.string().allow(null).required(),
});

const { name: shopName, country, form } = beginningSchemas;
const { about, business, contact, tax, bank, papers } = partSchemas;

export const applicationSchema = Joi.object<ApplicationView>({
  id,
  version,
  status,
  accountId: id,
  name: shopName.required(),
  country: country.required(),
  form: form.required(),
  about,
  business: business.allow(null),
  contact: contact.allow(null),
  tax: tax.allow(null),
  bank: bank.allow(null),
  papers: papers.allow(null),
  reasons: Joi.array()
    .items(Joi.object<Reason, true>({ part: Joi.string().required(), why: Joi.string().required() }))
    .required(),
  steps: Joi.array().items(step).max(5).required(),
  next: step.allow(null).required(),
});

export const glanceSchema = Joi.object<SellerGlance, true>({ status, name });

export const listSchema = Joi.object<ListedSellers, true>({
  items: Joi.array().items(profileSchema).max(100).required(),
  total: Joi.number().integer().min(0).required(),
  cursor: Joi.string().allow(null).required().description("Asks for the next page; null on the last"),
});

/** Applications that are told of: whoever made more of them sees the newest. */
export const OWN_MAX = 10;

// not strict: Joi has no word for read-only lists
export const ownSchema = Joi.object<OwnApplications>({
  items: Joi.array().items(Joi.object<OwnApplication, true>({ id, version, status, name })).max(OWN_MAX).required(),
});
