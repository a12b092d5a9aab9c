import type { Aggregate } from "../kernel/aggregate";
import { blockOf, type TakeNumbers } from "./ordernumber.contract";

export type OrderNumberState =
  { readonly status: "absent" } | { readonly status: "counting"; readonly channelId: string; readonly blocks: number };

export interface OrderNumberEvent {
  readonly type: "ordernumber.taken";
  readonly data: { readonly channelId: string; readonly from: number; readonly to: number };
}

export interface OrderNumberCommands {
  readonly "ordernumber.take": TakeNumbers;
}

const blocks = (state: OrderNumberState): number => (state.status === "absent" ? 0 : state.blocks);

export const ordernumber: Aggregate<OrderNumberState, OrderNumberCommands, OrderNumberEvent> = {
  name: "ordernumber",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "ordernumber.take": (state, { channelId }) => [
      { type: "ordernumber.taken", data: { channelId, ...blockOf(blocks(state) + 1) } },
    ],
  },
  evolve: {
    "ordernumber.taken": (state, { channelId }) => ({ status: "counting", channelId, blocks: blocks(state) + 1 }),
  },
};
