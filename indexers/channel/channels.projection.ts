/** The storefronts of the mall, as channel.get and channel.list show them. */
import type { ChannelState } from "../../models/channel/channel.aggregate";
import type { ChannelView } from "../../models/channel/channel.contract";
import type { DocumentProjection, Json } from "../kernel/projection";

const kept = { type: "object", enabled: false } as const;

export const channels: DocumentProjection = {
  kind: "document",
  name: "channels",
  revision: 2,
  source: "channel",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      id: { type: "keyword" },
      version: { type: "integer" },
      status: { type: "keyword" },
      code: { type: "keyword" },
      name: kept,
      currency: { type: "keyword" },
      languages: { type: "keyword" },
      taxInclusive: { type: "boolean" },
      countries: { type: "keyword" },
      paymentMethods: { type: "keyword" },
      capture: { type: "keyword" },
      shippingMethods: { type: "keyword" },
      orderPrefix: { type: "keyword" },
      priceGroup: { type: "keyword" },
    },
  },
  document({ aggregateId: id, version, state }) {
    const channel = state as ChannelState;
    if (channel.status === "absent") return null;
    const view: ChannelView = { ...channel, id, version };
    return view as unknown as Json;
  },
};
