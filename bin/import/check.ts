/** Whether a command would get past the mall's door: the contract's own schema, here as there. Pure. */
import { isRefusal } from "../../models/kernel/refusal";
import { validated } from "../../services/kernel/validator";
import { actionOf } from "../client/request";
import type { ImportCommand } from "./steps";

/** @returns what is wrong, or null */
export function problemWith({ action, params }: ImportCommand): string | null {
  try {
    validated(actionOf(action).params, params, false);
    return null;
  } catch (error) {
    if (isRefusal(error)) return error.message;
    throw error;
  }
}
