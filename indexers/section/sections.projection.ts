/** Sections one by one, as their histories have them. */
import type { SectionState } from "../../models/section/section.aggregate";
import type { ShownSection } from "../../models/section/section.contract";
import { documentOf } from "../kernel/document";
import { integer, kept, keyword } from "../kernel/fields";

export const sections = documentOf<SectionState>({
  name: "sections",
  revision: 1,
  source: "section",
  fields: {
    id: keyword,
    version: integer,
    status: keyword,
    slug: keyword,
    name: kept,
    description: kept,
    channel: keyword,
    view: kept,
  },
  document({ status, slug, name, description = {}, channel = null, view }, { id, version }): ShownSection {
    return { id, version, status, slug, name, description, channel, view };
  },
});
