import type { Model } from "../kernel/model";
import { reasonsInLanguages } from "./assessment.upcast";

export const assessmentModel: Model = { aggregate: "assessment", upcasts: [reasonsInLanguages] };
