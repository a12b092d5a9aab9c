import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { ordernumber } from "../../models/ordernumber/ordernumber.aggregate";
import { orderNumberContract } from "../../models/ordernumber/ordernumber.contract";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export const orderNumberService = (node: Node): ServiceSchema =>
  aggregateService(node, { contract: anyContract(orderNumberContract), aggregate: erased(ordernumber) });
