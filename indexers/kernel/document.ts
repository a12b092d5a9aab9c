/**
 * The plainest projection: one thing of one history, one document. Written down here is what they all share: nothing
 * is there before the first commit, fields that nobody declared are refused, and what a state holds is JSON.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { Commit } from "../../models/kernel/row";
import type { DocumentProjection, Json } from "./projection";

/** The commit behind the state. */
export type Seen = Pick<Commit, "version" | "committedAt"> & { readonly id: string };

type Living<S> = Exclude<S, { readonly status: "absent" }>;

export interface PlainDocument<S> {
  /** In lower case, as the alias and the tokens name it. */
  readonly name: string;
  readonly revision: number;
  /** The aggregate; the id of the thing is the document's. */
  readonly source: string;
  readonly settings?: estypes.IndicesIndexSettings;
  readonly fields: Readonly<Record<string, estypes.MappingProperty>>;
  readonly document: (state: Living<S>, seen: Seen) => object;
}

export const documentOf = <S extends { readonly status: string }>({
  fields,
  settings = {},
  document,
  ...named
}: PlainDocument<S>): DocumentProjection => ({
  ...named,
  kind: "document",
  settings,
  mappings: { dynamic: "strict", properties: { ...fields } },
  document({ aggregateId: id, version, committedAt, state }) {
    const known = state as S;
    if (known.status === "absent") return null;
    return document(known as Living<S>, { id, version, committedAt }) as Json;
  },
});
