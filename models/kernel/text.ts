/** Text for people is a map from language to string, everywhere and from the beginning. */
import type { CustomHelpers, ErrorReport, ObjectSchema, StringSchema } from "joi";
import Joi from "./schema";
import { ID_PATTERN } from "./ids";

/** `{ "en": "Lamp", "de": "Lampe" }`; keys are BCP 47 language tags in the short form (`en`, `pt-br`). */
export type Text = Readonly<Record<string, string>>;

/** In which the mall itself speaks and writes to people. */
export const OWN_LANGUAGES = ["en", "de", "ko", "ar"] as const;
export type OwnLanguage = (typeof OWN_LANGUAGES)[number];

/** What the mall itself says to people is said in each of these: a text that lacks one does not compile. */
export type OwnText = Readonly<Record<OwnLanguage, string>>;

export const LANGUAGES_MAX = 40;
export const LANGUAGE_PATTERN = /^[a-z]{2,3}(-[a-z0-9]{2,8})?$/;

export const languageSchema = Joi.string().pattern(LANGUAGE_PATTERN, "language tag");

/** NUL and half surrogate pairs survive neither BSON nor search: they are refused at the door. */
function wellFormed(value: string, helpers: CustomHelpers<string>): string | ErrorReport {
  if (value.includes("\u0000")) return helpers.error("string.nul");
  return /[\ud800-\udfff]/u.test(value) ? helpers.error("string.surrogate") : value;
}

const messages = {
  "string.nul": "{{#label}} must not contain a NUL character",
  "string.surrogate": "{{#label}} must be well-formed Unicode (it has half a surrogate pair)",
};

/** A bounded string of well-formed Unicode. */
export const plainText = (max: number): StringSchema => Joi.string().max(max).custom(wellFormed).messages(messages);

/** Text in at least one language, each at most `max` characters. */
export const textSchema = (max: number): ObjectSchema<Text> =>
  Joi.object<Text>().pattern(languageSchema, plainText(max)).min(1).max(LANGUAGES_MAX);

/** A version of a thing: 1, 2, 3 … */
export const versionSchema = Joi.number().integer().min(1).max(999_999_999);

export const idSchema = Joi.string().pattern(ID_PATTERN, "id");
