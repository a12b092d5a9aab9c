/** The storefronts of the mall, as channel.get and channel.list show them. */
import type { ChannelState } from "../../models/channel/channel.aggregate";
import type { ChannelView } from "../../models/channel/channel.contract";
import { flag, integer, kept, keyword } from "../kernel/fields";
import type { DocumentProjection, Json } from "../kernel/projection";

export const channels: DocumentProjection = {
  kind: "document",
  name: "channels",
  revision: 2,
  source: "channel",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      id: keyword,
      version: integer,
      status: keyword,
      code: keyword,
      name: kept,
      currency: keyword,
      languages: keyword,
      taxInclusive: flag,
      countries: keyword,
      paymentMethods: keyword,
      capture: keyword,
      shippingMethods: keyword,
      orderPrefix: keyword,
      priceGroup: keyword,
    },
  },
  document({ aggregateId: id, version, state }) {
    const channel = state as ChannelState;
    if (channel.status === "absent") return null;
    const view: ChannelView = { ...channel, id, version };
    return view as unknown as Json;
  },
};
