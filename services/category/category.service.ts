import type { ServiceSchema } from "moleculer";
import { category } from "../../models/category/category.aggregate";
import { effectiveAttributes } from "../../models/category/category.attributes.contract";
import { categoryContract, type CategoryId, type CreateCategory } from "../../models/category/category.contract";
import type { CategoryGlance } from "../../models/category/category.result.contract";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { historyReader, remembering } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";
import { isRetired, lineOf, openLine, refuseTooDeep } from "./category.line.service";
import { oneMoveAtATime } from "./category.moves.service";

export const categoryService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "category");
  const service = aggregateService(node, {
    contract: anyContract(categoryContract),
    aggregate: erased(category),
    prepare: {
      "category.create": async (params: CreateCategory) => {
        if (params.parentId !== undefined) refuseTooDeep((await openLine(reader, params.parentId)).length + 1);
        return params;
      },
    },
    queries: {
      "category.peek": async ({ id }: CategoryId, context): Promise<CategoryGlance> => {
        const line = await lineOf(remembering(reader, context), id);
        const status = isRetired(line) ? "retired" : "active";
        return { id, status, attributes: effectiveAttributes(line), line: line.map((one) => one.id) };
      },
    },
  });
  return oneMoveAtATime(node, service);
};
