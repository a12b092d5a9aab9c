/** What is left to people of the mall, as errand.list shows it. */
import type { ErrandState } from "../../models/errand/errand.aggregate";
import { viewOf, type ErrandView } from "../../models/errand/errand.contract";
import { documentOf } from "../kernel/document";
import { date, integer, keyword, shown } from "../kernel/fields";

export const errands = documentOf<ErrandState>({
  name: "errands",
  revision: 1,
  source: "errand",
  fields: {
    ...{ id: keyword, version: integer, status: keyword, kind: keyword, cause: keyword, customerId: keyword },
    ...{ type: keyword, detail: shown, todo: shown, note: shown, amountMinor: { type: "long" }, currency: keyword },
    ...{ openedAt: date, closedAt: date },
  },
  document: (state, { id, version }): ErrandView => viewOf(id, version, state),
});
