import type { ServiceSchema } from "moleculer";
import { alert } from "../../models/alert/alert.aggregate";
import { alertContract } from "../../models/alert/alert.contract";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

export const alertService = (node: Node): ServiceSchema =>
  aggregateService(node, { contract: anyContract(alertContract), aggregate: erased(alert) });
