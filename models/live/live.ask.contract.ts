/** The form of what clients may ask over a socket: everything bounded, unknown keys refused. */
import type { ObjectSchema } from "joi";
import Joi from "../kernel/schema";
import { idSchema, plainText } from "../kernel/text";
import { BOARD_KINDS, type BoardRef, type Known, type LiveAsks, type WatchAsk } from "./live.contract";

const WIDGETS_MAX = 20;
const TOKEN_MAX = 8_192;

const ref = {
  board: Joi.string()
    .valid(...BOARD_KINDS)
    .required(),
  id: idSchema.required(),
};
const widget = Joi.string().pattern(/^[a-z-]{1,30}$/);

const known = Joi.object<Known, true>({
  stream: plainText(100).min(1).required(),
  number: Joi.number().integer().min(0).required(),
  since: Joi.string().isoDate().max(30).required(),
});

export const liveAskSchemas = {
  watch: Joi.object<WatchAsk>({
    ...ref,
    widgets: Joi.array().items(widget).unique().min(1).max(WIDGETS_MAX),
    known: Joi.object().pattern(widget, known).max(WIDGETS_MAX),
    key: plainText(64).min(1),
  }),
  leave: Joi.object<BoardRef, true>(ref),
  renew: Joi.object<{ token: string }, true>({ token: Joi.string().max(TOKEN_MAX).required() }),
} as const satisfies Readonly<Record<keyof LiveAsks, ObjectSchema>>;
