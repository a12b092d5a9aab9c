import type { ServiceSchema } from "moleculer";
import { channel, type ChannelState } from "../../models/channel/channel.aggregate";
import {
  channelContract,
  type ChannelGlance,
  type ChannelId,
  type ChannelView,
} from "../../models/channel/channel.contract";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { historyReader, newestOrRefuse, remembering } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export const channelService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "channel");
  return aggregateService(node, {
    contract: anyContract(channelContract),
    aggregate: erased(channel),
    queries: {
      "channel.peek": async ({ id }: ChannelId, context): Promise<ChannelGlance> => {
        const { state } = await newestOrRefuse<ChannelState>(remembering(reader, context), id, "channel");
        const { name: _name, languages: _languages, ...glance } = state;
        return glance;
      },
      "channel.get": async ({ id }: ChannelId): Promise<ChannelView> => {
        const { version, state } = await newestOrRefuse<ChannelState>(reader, id, "channel");
        return { ...state, id, version };
      },
    },
  });
};
