/** A page of facts, as lists of them are asked for over HTTP. */
import type { Fact, FactStore } from "../../models/kernel/facts";
import type { Iso } from "../../models/kernel/row";

export interface AskFacts {
  /** Fields that must be equal; those that are undefined were not asked for. */
  readonly where: Readonly<Record<string, string | undefined>>;
  readonly from?: Iso | undefined;
  readonly to?: Iso | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface ListedFacts<F extends Fact> {
  readonly items: (Omit<F, "_id"> & { readonly id: string })[];
  /** Of the page that follows; null at the end. */
  readonly next: string | null;
}

const given = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

const moment = (at: Iso | undefined): Iso | undefined => (at === undefined ? undefined : new Date(at).toISOString());

/** Newest first. */
export async function listFacts<F extends Fact>(
  store: Pick<FactStore<F>, "page">,
  { where, from, to, cursor, limit }: AskFacts,
): Promise<ListedFacts<F>> {
  const range = given({ from: moment(from), to: moment(to), before: cursor });
  const found = await store.page({ where: given(where) as Readonly<Record<string, string>>, ...range, limit });
  const items = found.map(({ _id: id, ...fact }) => ({ id, ...fact }));
  return { items, next: found.length === limit ? (found.at(-1)?._id ?? null) : null };
}
