/**
 * What is pushed to people who look at something, and what they may ask: the words shared by gateway, console and
 * tests. No schema and no library stands here, so that a browser can take the file as it is.
 *
 * Something is looked at through a *board* (one seller's, one order's, one channel's), which is made of *widgets*. A
 * widget is a table of *cells*. Every state of it has a number: the position in the stream of commits, which is the
 * same at every gateway. A delta tells all that changed after `from` up to `to`, as whole cells: taking it twice, or
 * from another gateway, gives the same table.
 */

/** Where Socket.IO answers; websockets only, so that it does not matter which gateway a request reaches. */
export const LIVE_PATH = "/live";

/** One namespace per role. */
export const LIVE_NAMESPACES = ["/seller", "/shopper", "/admin"] as const;
export type LiveNamespace = (typeof LIVE_NAMESPACES)[number];

export const BOARD_KINDS = ["seller", "order", "channel"] as const;
export type BoardKind = (typeof BOARD_KINDS)[number];

/** What a cell says: plain values by name. */
export type Cell = Readonly<Record<string, string | number | null>>;
/** By key; null: the cell is gone. */
export type CellChanges = Readonly<Record<string, Cell | null>>;
export type Cells = Readonly<Record<string, Cell>>;

export interface WidgetDeclared {
  /** What it takes to see it: for the seller, for the order's customer, or for the whole mall. */
  readonly permission: string;
  readonly summary: string;
}

/** Every widget of every board. What their cells hold stands in README.md beside this file. */
export const liveWidgets = {
  seller: {
    sales: { permission: "order.fulfil", summary: "What was sold, minute by minute" },
    waiting: { permission: "order.fulfil", summary: "Orders that wait for something, by what" },
    products: { permission: "order.fulfil", summary: "What sells best" },
    stock: { permission: "stock.write", summary: "Stock that is running out, and when" },
    returns: { permission: "return.decide", summary: "Returns, by where they stand" },
    balance: { permission: "ledger.read", summary: "What will be paid, and when" },
    alerts: { permission: "order.fulfil", summary: "What to look at now" },
    reviews: { permission: "review.answer", summary: "Stars, and the newest reviews" },
    suggestions: { permission: "stock.write", summary: "What to do next, and why" },
    funnel: { permission: "order.fulfil", summary: "From looking to buying, hour by hour" },
  },
  order: {
    order: { permission: "order.read", summary: "Where an order stands" },
  },
  channel: {
    sales: { permission: "order.support", summary: "What was sold in a channel, minute by minute" },
    waiting: { permission: "order.support", summary: "A channel's orders that wait for something, by what" },
    products: { permission: "order.support", summary: "What sells best in a channel" },
  },
} as const satisfies Readonly<Record<BoardKind, Readonly<Record<string, WidgetDeclared>>>>;

export type WidgetName = { [K in BoardKind]: keyof (typeof liveWidgets)[K] }[BoardKind];

export interface BoardRef {
  readonly board: BoardKind;
  /** Of the seller, the order or the channel. */
  readonly id: string;
}

/** How far a client knows a widget: numbers of one stream mean nothing in another. */
export interface Known {
  readonly stream: string;
  readonly number: number;
  /** What is counted by time is counted from here; with another beginning everything is another. */
  readonly since: string;
}

export interface WatchAsk extends BoardRef {
  /** Left out: all widgets of the board that the caller may see. */
  readonly widgets?: readonly WidgetName[];
  /** What the client has from before: it gets the gap, or a fresh snapshot where the gap is too old. */
  readonly known?: Readonly<Partial<Record<WidgetName, Known>>>;
  /** Of a guest's order: the key that came by mail. */
  readonly key?: string;
}

interface OfWidget extends BoardRef {
  readonly widget: WidgetName;
}

export interface Snapshot extends OfWidget, Known {
  readonly kind: "snapshot";
  readonly cells: Cells;
}

export interface Delta extends OfWidget {
  readonly kind: "delta";
  readonly stream: string;
  /** It tells every change after `from`, up to `to`. */
  readonly from: number;
  readonly to: number;
  /** When the newest of what it tells was committed; null where it is not known. */
  readonly committedAt: string | null;
  readonly cells: CellChanges;
}

export type Told = Snapshot | Delta;

/** Why something was refused, in the form of a problem's parts. */
export interface LiveProblem {
  readonly type: string;
  readonly status: number;
  readonly detail: string;
}

export type Answer<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly problem: LiveProblem };

export type Ack<T> = (answer: Answer<T>) => void;

/** From client to server; each is acknowledged. */
export interface LiveAsks {
  watch: (ask: WatchAsk, ack: Ack<{ readonly told: readonly Told[] }>) => void;
  leave: (ask: BoardRef, ack: Ack<object>) => void;
  /** A new token for the same account, before the old one is over. */
  renew: (ask: { readonly token: string }, ack: Ack<{ readonly expiresAt: string | null }>) => void;
}

/** From server to client. */
export interface LiveTells {
  snapshot: (snapshot: Snapshot) => void;
  delta: (delta: Delta) => void;
  /** The token is over soon: send `renew`. */
  expiring: (told: { readonly expiresAt: string }) => void;
  /** The connection is closed next; connecting again with the same token does not help. */
  ended: (problem: LiveProblem) => void;
}

/** A widget as a client holds it. */
export interface Held extends Known {
  readonly cells: Cells;
}

/**
 * The widget after what was told; "gap" where a delta begins after what is held: then ask again, with what is known.
 * Pure: the console and the tests keep what they show by it.
 */
export function taken(held: Held | null, told: Told): Held | "gap" {
  if (told.kind === "snapshot") return held && isOlder(told, held) ? held : told;
  if (held?.stream !== told.stream || told.from > held.number) return "gap";
  return told.to <= held.number ? held : { ...held, number: told.to, cells: changed(held.cells, told.cells) };
}

function changed(before: Cells, changes: CellChanges): Cells {
  const cells: Record<string, Cell> = { ...before };
  for (const [key, cell] of Object.entries(changes)) {
    if (cell === null) Reflect.deleteProperty(cells, key);
    else cells[key] = cell;
  }
  return cells;
}

const isOlder = (snapshot: Snapshot, held: Held): boolean =>
  snapshot.stream === held.stream && snapshot.number < held.number;
