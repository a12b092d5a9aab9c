/** Answers section.list and section.get, and makes the directory by which searches are kept within a section. */
import { refuseKernel } from "../../models/kernel/refusal";
import type { ListedSections, ListSections, SectionId, ShownSection } from "../../models/section/section.contract";
import { createDirectory, type Directory } from "../kernel/directory";
import type { QueryContext, QueryDeps } from "../kernel/query";

export interface SectionBook {
  /** The open section that a slug or an id names. */
  readonly find: (name: string) => ShownSection | undefined;
  /** The open ones, by slug. */
  readonly open: readonly ShownSection[];
}

export type Sections = Directory<SectionBook>;

const FIELDS = ["id", "version", "status", "slug", "name", "description", "channel", "view"];
/** Closed ones are counted as well. */
const DOCUMENTS_MAX = 5_000;

export function sectionBookOf(all: ReadonlyMap<string, ShownSection>): SectionBook {
  const open = [...all.values()].filter(({ status }) => status === "open").sort((a, b) => (a.slug < b.slug ? -1 : 1));
  const byName = new Map([
    ...open.map((one) => [one.slug, one] as const),
    ...open.map((one) => [one.id, one] as const),
  ]);
  return { open, find: (name) => byName.get(name) };
}

export const NO_SECTIONS: SectionBook = sectionBookOf(new Map());

export const createSections = (deps: QueryDeps): Sections =>
  createDirectory<ShownSection, SectionBook>({
    ...{ deps, projection: "sections", fields: FIELDS, documentsMax: DOCUMENTS_MAX },
    make: (all) => sectionBookOf(new Map(all)),
  });

async function list(
  sections: Sections,
  { channel, limit }: ListSections,
  context: QueryContext,
): Promise<ListedSections> {
  const { open } = await sections(context);
  const shown = open.filter((one) => channel === undefined || one.channel === null || one.channel === channel);
  return { items: shown.slice(0, limit) };
}

export const sectionQueries = (sections: Sections) => ({
  "section.list": (params: ListSections, context: QueryContext) => list(sections, params, context),
  "section.get": async ({ id }: SectionId, context: QueryContext): Promise<ShownSection> =>
    (await sections(context)).find(id) ?? refuseKernel("NOT_FOUND", "There is no such section.", { id }),
});
