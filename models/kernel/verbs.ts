/** Commands that need nothing but the id of one thing: what many contracts say in the same words. */
import type { ObjectSchema } from "joi";
import Joi from "./schema";
import type { Owner } from "./contract";
import { idSchema } from "./text";

interface OnOne {
  readonly id: string;
}

export interface VerbsOn {
  /** Of the things: `/v1/promotions`. */
  readonly path: string;
  readonly permission: string;
  readonly owner: Owner;
}

const byIdSchema: ObjectSchema<OnOne> = Joi.object<OnOne, true>({ id: idSchema.required() });

/** `verb("stop", "Let it take no effect any more")` is `POST <path>/{id}/stop`. */
export const verbsOn =
  ({ path, permission, owner }: VerbsOn) =>
  (verb: string, summary: string) =>
    ({
      kind: "command",
      key: "id",
      summary,
      params: byIdSchema,
      permission,
      owner,
      http: { method: "POST", path: `${path}/{id}/${verb}` },
    }) as const;
