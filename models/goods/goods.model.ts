import type { Model } from "../kernel/model";

/** Who knows the hash could ask the storage for the bytes: it is shown to nobody. */
export const goodsModel: Model = { aggregate: "goods", secret: ["hash"] };
