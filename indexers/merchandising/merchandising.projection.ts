/** Rules of merchandising one by one, as their histories have them; what they do follows when a query is answered. */
import type { MerchandisingState } from "../../models/merchandising/merchandising.aggregate";
import type { MerchandisingView } from "../../models/merchandising/merchandising.result.contract";
import { documentOf } from "../kernel/document";
import { date, integer, kept, keyword } from "../kernel/fields";

export interface StoredMerchandising extends MerchandisingView {
  readonly kind: string;
}

export const merchandising = documentOf<MerchandisingState>({
  name: "merchandising",
  revision: 1,
  source: "merchandising",
  fields: {
    id: keyword,
    version: integer,
    status: keyword,
    name: keyword,
    channel: keyword,
    section: keyword,
    from: date,
    until: date,
    priority: integer,
    kind: keyword,
    rule: kept,
  },
  document(state, { id, version }): StoredMerchandising {
    const { status, name, channel = null, section = null, from = null, until = null, priority = 0, rule } = state;
    const { kind } = rule;
    return { id, version, status, name, channel, section, from, until, priority, kind, rule };
  },
});
