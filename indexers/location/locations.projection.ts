/** The locations of sellers, as location.list shows them. */
import type { LocationState } from "../../models/location/location.aggregate";
import type { LocationView } from "../../models/location/location.contract";
import type { DocumentProjection, Json } from "../kernel/projection";

const kept = { type: "object", enabled: false } as const;

export const locations: DocumentProjection = {
  kind: "document",
  name: "locations",
  revision: 1,
  source: "location",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      id: { type: "keyword" },
      version: { type: "integer" },
      status: { type: "keyword" },
      sellerId: { type: "keyword" },
      code: { type: "keyword" },
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
