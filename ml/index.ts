/** The models that serve: one line each. Started by whoever puts a process of the mall together. */
import type { ServiceSchema } from "moleculer";
import type { Node } from "../services/kernel/node";
import { fraudServices } from "./fraud/fraud.service";
import { recommendationServices } from "./recommendation/recommendation.service";

export const learners: readonly ((node: Node) => ServiceSchema[])[] = [fraudServices, recommendationServices];
