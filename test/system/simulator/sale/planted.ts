/** Faults of how a mall sells, planted one at a time: a sale that does not suffer from them proves nothing. */
import { checkoutSaga } from "../../../../models/checkout/checkout.aggregate";
import { erased, type AnyAggregate } from "../../../../models/kernel/aggregate";
import { stock } from "../../../../models/stock/stock.aggregate";
import { freeCommandId, type HoldStock } from "../../../../models/stock/stock.hold.contract";
import type { SaleSabotage } from "./house";

const real = erased(stock);
const deciding = (decide: AnyAggregate["decide"]): SaleSabotage => ({
  stock: { ...real, decide: { ...real.decide, ...decide } },
});

let ids = 0;

export const PLANTED_IN_SALES: Readonly<Record<string, SaleSabotage>> = {
  "a reservation does not look at what there is": deciding({
    "stock.reserve": (_state, params) => {
      const { holdId, quantity } = params as HoldStock;
      return [{ type: "stock.reserved", data: { holdId, quantity } }];
    },
  }),
  "what is taken back is counted at each attempt": {
    commandId: (action, derived) => (action === "stock.release" ? `${derived ?? ""}-${++ids}` : derived),
  },
  "a reservation has another id at each attempt": {
    commandId: (action, derived) => (action === "stock.reserve" ? `${derived ?? ""}-${++ids}` : derived),
  },
  "a reservation may arrive after it was taken back": {
    procedures: {
      "stock.free": async (hold: HoldStock, meta, caller) => {
        const held = { ...meta, commandId: freeCommandId(hold.holdId) };
        await caller.call("stock.release", hold, { meta: held }).catch(() => undefined);
        return { holdId: hold.holdId, status: "freed" };
      },
    },
  },
  "a checkout that fails takes no reservation back": {
    saga: {
      ...checkoutSaga,
      steps: checkoutSaga.steps.map(({ undo, ...step }) =>
        step.name === "reserve" || !undo ? step : { ...step, undo },
      ),
    },
  },
  "the store has no unique indexes": { withoutIndexes: true },
};
