/** What the functions that answer queries are made with, and what each is given beside its params. */
import type { Client } from "@elastic/elasticsearch";
import type { WriteMark } from "../../models/kernel/contract";

export interface QueryContext {
  readonly meta: {
    /** What the caller wrote and wants to see. */
    readonly after?: readonly WriteMark[];
    readonly principal?: { readonly id?: string; readonly permissions: readonly string[] };
  };
  /** Whether the caller holds a permission for what is a party's; null: for what is the mall's own. */
  readonly holds?: (permission: string, party: string | null) => boolean;
}

/** `search`: what was written must be found; `get`: it must be there when asked for by id, which needs no refresh. */
export type Visibility = "search" | "get";

/** Resolves when the marks' documents of a projection are as new as the marks. @throws READ_BEHIND */
export type Wait = (after: readonly WriteMark[], projection: string, visibility?: Visibility) => Promise<void>;

export interface QueryDeps {
  readonly client: Client;
  /** Prefix of the indices. */
  readonly namespace: string;
  readonly wait: Wait;
}

export const waited = (deps: QueryDeps, context: QueryContext, ask: { projection: string; visibility: Visibility }) =>
  deps.wait(context.meta.after ?? [], ask.projection, ask.visibility);
