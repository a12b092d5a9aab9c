/** How ranges of numbers are asked for: `display_diagonal:13..15`, `weight:..2`, `weight:2..`. */
import Joi from "../kernel/schema";
import { plainText } from "../kernel/text";

const NUMBER = "-?\\d{1,15}(?:\\.\\d{1,15})?";
const RANGE = new RegExp(`^[^:]{1,64}:(?:${NUMBER}\\.\\.(?:${NUMBER})?|\\.\\.${NUMBER})$`);

export const rangesSchema = Joi.array().items(plainText(120).pattern(RANGE, "name:from..to")).single().max(50);
