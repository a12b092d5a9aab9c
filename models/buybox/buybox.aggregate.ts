import type { Aggregate } from "../kernel/aggregate";
import { changesOf, restoredState, type Restored, type Restoring } from "../kernel/restoring";
import { refuse } from "../refusals";
import type { BuyBoxId, BuyBoxWeights, SetBuyBox } from "./buybox.contract";

export interface KeptBuyBox extends SetBuyBox {
  readonly status: "set" | "dropped";
}

export type BuyBoxState = { readonly status: "absent" } | KeptBuyBox;

interface Restorable {
  readonly weights: BuyBoxWeights;
}

export type BuyBoxEvent =
  | { readonly type: "buybox.set"; readonly data: SetBuyBox }
  | { readonly type: "buybox.dropped"; readonly data: object }
  | { readonly type: "buybox.reverted"; readonly data: Restored<Restorable> };

export interface BuyBoxCommands {
  readonly "buybox.set": SetBuyBox;
  readonly "buybox.drop": BuyBoxId;
  readonly "buybox.revert": Restoring<Restorable>;
}

const isAsItWas = (state: KeptBuyBox, content: Restorable): boolean =>
  changesOf<Restorable>(state, { id: "", version: 0, content, gone: [] }) === null;

function existing(state: BuyBoxState): KeptBuyBox {
  if (state.status === "absent") return refuse("NOT_FOUND", "Nobody has set weights there.");
  return state;
}

export const buybox: Aggregate<BuyBoxState, BuyBoxCommands, BuyBoxEvent> = {
  name: "buybox",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "buybox.set": (state, params) => {
      const { weights } = params;
      return state.status === "set" && isAsItWas(state, { weights }) ? [] : [{ type: "buybox.set", data: params }];
    },
    "buybox.drop": (state) => (existing(state).status === "dropped" ? [] : [{ type: "buybox.dropped", data: {} }]),
    "buybox.revert": (state, old) => {
      const changes = changesOf(existing(state), old);
      return changes === null ? [] : [{ type: "buybox.reverted", data: changes }];
    },
  },
  evolve: {
    "buybox.set": (_state, data) => ({ status: "set", ...data }),
    "buybox.dropped": (state) => ({ ...(state as KeptBuyBox), status: "dropped" }),
    "buybox.reverted": (state, data) => restoredState(state as KeptBuyBox, data),
  },
};
