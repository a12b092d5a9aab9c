import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { noticeKey, type CountSteps, type NoteDesk, type Notice, type Steps } from "./desk.contract";

/** Notices by their key, each with the moment since which it holds. */
export type Noted = Readonly<Record<string, Notice & { readonly at: Iso }>>;

export interface KeptDesk {
  readonly status: "kept";
  readonly sellerId: string;
  /** By the hour in UTC; the last three days. */
  readonly hours: Readonly<Record<string, Steps>>;
  readonly notices: Noted;
}

export type DeskState = { readonly status: "absent" } | KeptDesk;

export type DeskEvent =
  | { readonly type: "desk.counted"; readonly data: CountSteps }
  | { readonly type: "desk.noted"; readonly data: { readonly sellerId: string; readonly notices: Noted } };

export interface DeskCommands {
  "desk.count": CountSteps;
  "desk.note": NoteDesk;
}

const HOURS_MAX = 72;

const begun = (state: DeskState, sellerId: string): KeptDesk =>
  state.status === "absent" ? { status: "kept", sellerId, hours: {}, notices: {} } : state;

function counted(desk: KeptDesk, { hour, views, carts, checkouts }: CountSteps): KeptDesk {
  const before = desk.hours[hour] ?? { views: 0, carts: 0, checkouts: 0 };
  const now = {
    views: before.views + views,
    carts: before.carts + carts,
    checkouts: before.checkouts + checkouts,
  };
  const hours = Object.entries({ ...desk.hours, [hour]: now }).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...desk, hours: Object.fromEntries(hours.slice(-HOURS_MAX)) };
}

/** What goes on keeps its moment. */
function notedAt(before: Noted, notices: readonly Notice[], at: Iso): Noted {
  const keyed = notices.map((notice): [string, Notice & { at: Iso }] => {
    const key = noticeKey(notice);
    return [key, { ...notice, at: before[key]?.at ?? at }];
  });
  return Object.fromEntries(keyed.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const desk: Aggregate<DeskState, DeskCommands, DeskEvent> = {
  name: "desk",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "desk.count": (_state, data) => [{ type: "desk.counted", data }],
    "desk.note": (state, { sellerId, notices }, at) => {
      const before = begun(state, sellerId).notices;
      const now = notedAt(before, notices, at);
      return JSON.stringify(before) === JSON.stringify(now)
        ? []
        : [{ type: "desk.noted", data: { sellerId, notices: now } }];
    },
  },
  evolve: {
    "desk.counted": (state, data) => counted(begun(state, data.sellerId), data),
    "desk.noted": (state, { sellerId, notices }) => ({ ...begun(state, sellerId), notices }),
  },
};
