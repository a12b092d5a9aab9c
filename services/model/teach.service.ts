/** Lessons from elsewhere: kept under their hash, for a training that is told it. */
import type { ServiceSchema } from "moleculer";
import { modelContract } from "../../models/model/model.contract";
import type { TeachModel } from "../../models/model/model.lessons.contract";
import type { Node } from "../kernel/node";
import { procedureService } from "../kernel/service";

export const modelLessons = (node: Node): ServiceSchema =>
  procedureService({
    name: "model.lessons",
    contract: modelContract,
    roles: node.roles,
    procedures: {
      "model.teach": async ({ lessons }: TeachModel) => ({
        hash: await node.blobs.put(Buffer.from(JSON.stringify(lessons))),
        lessons: lessons.length,
      }),
    },
  });
