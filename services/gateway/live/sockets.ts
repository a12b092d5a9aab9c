/** What the gateway knows of a live connection, and the types that go with it. */
import type { Namespace, Server, Socket } from "socket.io";
import type { BoardRef, LiveAsks, LiveNamespace, LiveTells, WidgetName } from "../../../models/live/live.contract";
import type { Principal } from "../../kernel/call";
import type { Bucket } from "./limits";

export interface Looker {
  readonly namespace: LiveNamespace;
  readonly place: string;
  principal: Principal;
  token: string | undefined;
  /** When the token is over; null: it does not end. */
  expiresAt: number | null;
  warned: boolean;
  readonly bucket: Bucket;
  /** By `seller/<id>`. */
  readonly watched: Map<string, Watched>;
  /** Since when it did not take what it was sent; null: it keeps up. */
  lagging: number | null;
}

export interface Watched extends BoardRef {
  readonly widgets: readonly WidgetName[];
  /** The key of a guest's order. */
  readonly key: string | undefined;
  /** How far it was told everything; only of interest while it lags. */
  readonly reached: Map<WidgetName, number>;
  /** The stream that these numbers are of, and since when the board counted. */
  stream: string;
  since: string;
}

export type LiveServer = Server<LiveAsks, LiveTells, Record<string, never>, Looker>;
export type LiveSpace = Namespace<LiveAsks, LiveTells, Record<string, never>, Looker>;
export type LiveSocket = Socket<LiveAsks, LiveTells, Record<string, never>, Looker>;

export const refOf = ({ board, id }: BoardRef): string => `${board}/${id}`;
export const roomOf = (ref: BoardRef, widget: string): string => `${refOf(ref)}/${widget}`;
