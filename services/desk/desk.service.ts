import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { desk } from "../../models/desk/desk.aggregate";
import { deskContract } from "../../models/desk/desk.contract";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export const deskService = (node: Node): ServiceSchema =>
  aggregateService(node, { contract: deskContract, aggregate: erased(desk), queries: {} });
