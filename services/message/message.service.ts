import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { message, type MessageState, type WrittenMessage } from "../../models/message/message.aggregate";
import { messageContract, type MessageId, type MessageView } from "../../models/message/message.contract";
import type { QueueMessage } from "../../models/message/message.contract";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";
import { written } from "./texts.mail";

export const messageService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "message");
  return aggregateService(node, {
    contract: anyContract(messageContract),
    aggregate: erased(message),
    // the params name an address: of them only a keyed hash is kept
    confidential: true,
    prepare: {
      "message.queue": ({ letter, ...params }: QueueMessage): Promise<WrittenMessage> =>
        Promise.resolve({ ...params, template: letter.template, ...written(letter, params.language) }),
    },
    queries: {
      "message.get": async ({ id }: MessageId): Promise<MessageView> => {
        const { version, state } = await newestOrRefuse<MessageState>(reader, id, "message");
        const { at: _at, ...known } = state;
        return { ...known, version };
      },
    },
  });
};
