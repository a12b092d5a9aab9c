/** What a collection asks of its documents: `{ $jsonSchema }`, checked on every insert and every change. */
import { CommandError, Refused } from "./errors";
import { compile } from "./json-schema";
import { isDocument } from "./paths";
import { type Doc, OBJECT } from "./raw";

/** As the client gave them to `create` or `collMod`; kept with the collection and listed. */
export type CollectionOptions = { validator?: Doc; validationLevel?: string; validationAction?: string };
export type Validate = (bytes: Buffer) => void;

const names = ["validator", "validationLevel", "validationAction"] as const;

/** The options in a command's body, over those the collection has. */
export function validationIn(body: Doc, before: CollectionOptions): CollectionOptions {
  const options: Doc = { ...before };
  for (const name of names) if (body[name] !== undefined && body[name] !== null) options[name] = body[name];
  if (isDocument(options.validator) && Object.keys(options.validator).length === 0) delete options.validator;
  return options;
}

/**
 * The check that the options ask for; undefined when they ask for none.
 * @throws Refused for validators and levels that are not made here.
 */
export function validateOf(options: CollectionOptions): Validate | undefined {
  const { validator, validationLevel = "strict", validationAction = "error" } = options;
  if (!["strict", "off"].includes(validationLevel)) throw new Refused(`validationLevel ${validationLevel}`);
  if (validationAction !== "error") throw new Refused(`validationAction ${validationAction}`);
  if (!validator) return undefined;
  const check = compile(schemaIn(validator));
  if (validationLevel === "off") return undefined;
  return (bytes) => {
    if (!check(bytes, { type: OBJECT, name: "", start: 0, value: 0, end: bytes.length })) {
      throw new CommandError(121, "Document failed validation");
    }
  };
}

function schemaIn(validator: Doc): unknown {
  const [name, ...others] = isDocument(validator) ? Object.keys(validator) : [];
  if (name !== "$jsonSchema" || others.length > 0) throw new Refused("A validator other than { $jsonSchema }");
  return validator.$jsonSchema;
}
