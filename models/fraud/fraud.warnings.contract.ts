/** Where payments have become riskier than the mall's usual ones: a seller, a product, a region. */
import Joi from "../kernel/schema";
import { plainText } from "../kernel/text";

export const WARNED_OF = ["seller", "product", "region"] as const;
export type WarnedOf = (typeof WARNED_OF)[number];

export interface RiskWarning {
  readonly of: WarnedOf;
  /** Of a region: its country and the first two signs of its postal code, `DE-10`. */
  readonly id: string;
  /** Of the last day. */
  readonly attempts: number;
  /** Of these, how many were not simply let through. */
  readonly stopped: number;
  /** Mean probability of fraud. */
  readonly risk: number;
  /** The mall's, before the last day. */
  readonly usual: number;
  /** How many standard deviations the risk lies above the usual one. */
  readonly deviations: number;
}

export interface RiskWarnings {
  /** Most striking first. */
  readonly items: readonly RiskWarning[];
}

const count = Joi.number().integer().min(0).required();
const share = Joi.number().min(0).max(1).required();

// not strict: Joi has no word for read-only lists
export const riskWarningsSchema = Joi.object<RiskWarnings>({
  items: Joi.array()
    .items(
      Joi.object<RiskWarning, true>({
        of: Joi.string()
          .valid(...WARNED_OF)
          .required(),
        id: plainText(64).required(),
        attempts: count,
        stopped: count,
        risk: share,
        usual: share,
        deviations: Joi.number().unsafe().required(),
      }),
    )
    .max(50)
    .required(),
});
