/** Where a seller's desk is found: what stands on it is told live, from its history. */
import type { DeskState } from "../../models/desk/desk.aggregate";
import { documentOf } from "../kernel/document";
import { keyword } from "../kernel/fields";

export const desks = documentOf<DeskState>({
  name: "desks",
  revision: 1,
  source: "desk",
  fields: { sellerId: keyword },
  document: ({ sellerId }) => ({ sellerId }),
});
