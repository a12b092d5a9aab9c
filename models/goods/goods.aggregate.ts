import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import type { KeepGoods } from "./goods.contract";

export type GoodsState = { readonly status: "absent" } | (KeepGoods & { readonly status: "kept" });

export interface GoodsEvent {
  readonly type: "goods.kept";
  readonly data: KeepGoods;
}

export interface GoodsCommands {
  readonly "goods.keep": KeepGoods;
}

export const goods: Aggregate<GoodsState, GoodsCommands, GoodsEvent> = {
  name: "goods",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "goods.keep": (state, params) => {
      if (state.status === "kept" && state.sellerId !== params.sellerId) {
        refuse("NOT_FOUND", `The seller has no offer "${params.offerId}".`);
      }
      const same = state.status === "kept" && state.hash === params.hash && state.name === params.name;
      return same ? [] : [{ type: "goods.kept", data: params }];
    },
  },
  evolve: { "goods.kept": (_state, data) => ({ ...data, status: "kept" }) },
};
