import type { Model } from "../kernel/model";

export const channelModel: Model = { aggregate: "channel" };
