import type { ReturnKind } from "../../models/return/return.contract";

/** As the customer is asked; the list itself lives in the contract, which brings more than a page needs. */
export const RETURN_KINDS_TOLD = ["return", "exchange", "claim"] as const satisfies readonly ReturnKind[];
export type ToldKind = (typeof RETURN_KINDS_TOLD)[number];
