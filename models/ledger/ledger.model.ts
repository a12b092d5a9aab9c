import type { Model } from "../kernel/model";

export const ledgerModel: Model = { aggregate: "ledger" };
