/** The storefronts of the mall, as channel.get and channel.list show them. */
import type { ChannelState } from "../../models/channel/channel.aggregate";
import type { ChannelView } from "../../models/channel/channel.contract";
import { documentOf } from "../kernel/document";
import { flag, integer, kept, keyword } from "../kernel/fields";

export const channels = documentOf<ChannelState>({
  name: "channels",
  revision: 3,
  source: "channel",
  fields: {
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
    returnDays: integer,
    returnShippingBy: keyword,
  },
  document: (channel, { id, version }): ChannelView => ({ ...channel, id, version }),
});
