/**
 * Which browser somebody buys with: a word that it made up once and keeps. It is told to nobody else; what is kept of
 * it is a code that does not lead back.
 */
import Joi from "../kernel/schema";

/** As a browser tells it. */
export const deviceSchema = Joi.string().pattern(/^[A-Za-z0-9_-]{16,64}$/, "device");
/** As it is kept. */
export const deviceCode = Joi.string().max(128);
