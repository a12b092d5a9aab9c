/** The locations of sellers, as location.list shows them. */
import type { LocationState } from "../../models/location/location.aggregate";
import type { LocationView } from "../../models/location/location.contract";
import { integer, kept, keyword } from "../kernel/fields";
import type { DocumentProjection, Json } from "../kernel/projection";

export const locations: DocumentProjection = {
  kind: "document",
  name: "locations",
  revision: 1,
  source: "location",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      id: keyword,
      version: integer,
      status: keyword,
      sellerId: keyword,
      code: keyword,
      name: kept,
      address: kept,
    },
  },
  document({ aggregateId: id, version, state }) {
    const location = state as LocationState;
    if (location.status === "absent") return null;
    const { status, sellerId, code, name, address } = location;
    const view: LocationView = { id, version, status, sellerId, code, name, address };
    return view as unknown as Json;
  },
};
