/** The locations of sellers, as location.list shows them. */
import type { LocationState } from "../../models/location/location.aggregate";
import type { LocationView } from "../../models/location/location.contract";
import { documentOf } from "../kernel/document";
import { integer, kept, keyword } from "../kernel/fields";

export const locations = documentOf<LocationState>({
  name: "locations",
  revision: 1,
  source: "location",
  fields: {
    id: keyword,
    version: integer,
    status: keyword,
    sellerId: keyword,
    code: keyword,
    name: kept,
    address: kept,
  },
  document(location, { id, version }): LocationView {
    const { status, sellerId, code, name, address } = location;
    return { id, version, status, sellerId, code, name, address };
  },
});
