/** The smallest aggregate that can be refused, do nothing, and hold a unique key: for tests of the kernel. */
import { erased, type Aggregate } from "../../models/kernel/aggregate";
import { refuseKernel } from "../../models/kernel/refusal";

export type CounterState =
  { readonly status: "absent" } | { readonly status: "open"; readonly n: number; readonly name: string };

export interface CounterCommands {
  "counter.open": { name: string };
  "counter.add": { by: number };
  "counter.rename": { name: string };
}

type CounterEvent =
  | { type: "counter.opened"; data: { name: string } }
  | { type: "counter.added"; data: { by: number } }
  | { type: "counter.renamed"; data: { name: string } };

function open(state: CounterState): Extract<CounterState, { status: "open" }> {
  return state.status === "open" ? state : refuseKernel("NOT_FOUND", "There is no such counter.");
}

const counterOf: Aggregate<CounterState, CounterCommands, CounterEvent> = {
  name: "counter",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "counter.open": (state, { name }) => {
      if (state.status === "open") refuseKernel("ALREADY_EXISTS", "This counter is open already.");
      return [{ type: "counter.opened", data: { name } }];
    },
    // adding nothing changes nothing; going below zero is refused
    "counter.add": (state, { by }) => {
      const { n } = open(state);
      if (n + by < 0) refuseKernel("NOT_FOUND", `Only ${n} are left.`, { n });
      return by === 0 ? [] : [{ type: "counter.added", data: { by } }];
    },
    "counter.rename": (state, { name }) => {
      open(state);
      return [{ type: "counter.renamed", data: { name } }];
    },
  },
  evolve: {
    "counter.opened": (_state, { name }) => ({ status: "open", n: 0, name }),
    "counter.added": (state, { by }) => ({ ...open(state), n: open(state).n + by }),
    "counter.renamed": (state, { name }) => ({ ...open(state), name }),
  },
  claims: (state) => (state.status === "open" ? [`counter.name/${state.name}`] : []),
};

export const counter = erased(counterOf);
