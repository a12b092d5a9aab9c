/** The content of an old version, for a command that brings it back: the fields that its contract declares. */
import { refuseKernel } from "../../models/kernel/refusal";
import type { Restoring } from "../../models/kernel/restoring";
import type { Params } from "./command-id";
import type { Node } from "./node";

type Content = Readonly<Record<string, unknown>>;

/** @throws NOT_FOUND for a version that does not exist, or at which nothing was there */
export const oldContent =
  (node: Pick<Node, "histories" | "personal">, aggregate: string, fields: readonly string[]) =>
  async (params: Params): Promise<Restoring<Content>> => {
    const { id, version } = params as { id: string; version: number };
    const row = await node.histories(aggregate).asOf(id, { version });
    const [old] = row?.version === version ? await node.personal(aggregate).reveal([row]) : [];
    const state = old?.state as (Content & { readonly status?: string }) | undefined;
    if (!state || state.status === "absent") {
      return refuseKernel("NOT_FOUND", `There is no version ${version} of this ${aggregate}.`, { id, version });
    }
    const held = fields.filter((field) => state[field] !== undefined && state[field] !== null);
    const gone = fields.filter((field) => !held.includes(field));
    return { id, version, content: Object.fromEntries(held.map((field) => [field, state[field]])), gone };
  };
