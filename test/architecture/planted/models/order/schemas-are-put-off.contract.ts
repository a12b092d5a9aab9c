import Joi from "joi";

export const early = Joi.object({});
