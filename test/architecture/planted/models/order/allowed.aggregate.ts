import type { ObjectSchema } from "joi";
import { zero } from "../kernel/money";
import { refusals } from "../refusals";
import { orderContract } from "./order.contract";

export const allowed = { zero, refusals, orderContract };
export type Schema = ObjectSchema;
