/** Who of the mall's people looked at whose personal data: every such look is a fact, kept before it is answered. */
import Joi from "./schema";
import { anyContract, type Contract } from "./contract";
import { FACT_ID_PATTERN, type Fact } from "./facts";
import type { Iso } from "./row";
import { plainText } from "./text";

/** Somebody was shown personal fields that are not their own. */
export interface Disclosure extends Fact {
  /** Who looked: the principal's id. */
  readonly principal: string;
  /** Whose they are: an account's id, or a subject of its own (`order-…` for a guest's order). */
  readonly subject: string;
  /** Wire name of the action that answered. */
  readonly action: string;
  /** What was looked at, where the answer says so. */
  readonly thing: string | null;
  readonly trace: string | null;
}

export interface DisclosureView extends Omit<Disclosure, "_id"> {
  readonly id: string;
}

export interface ListDisclosures {
  readonly principal?: string;
  readonly subject?: string;
  readonly action?: string;
  readonly from?: Iso;
  readonly to?: Iso;
  readonly cursor?: string;
  readonly limit: number;
}

export interface ListedDisclosures {
  readonly items: DisclosureView[];
  /** Give this as `cursor` to read on; null at the end. */
  readonly next: string | null;
}

export interface DisclosureCalls {
  "disclosure.list": { params: ListDisclosures; result: ListedDisclosures };
}

const name = plainText(200);
const moment = Joi.string().isoDate();
const cursor = Joi.string().pattern(FACT_ID_PATTERN, "cursor");

const view = Joi.object<DisclosureView, true>({
  id: cursor.required(),
  at: moment.required(),
  principal: name.required(),
  subject: name.required(),
  action: name.required(),
  thing: name.allow(null).required(),
  trace: name.allow(null).required(),
});

const contract: Contract<DisclosureCalls> = {
  aggregate: "disclosure",
  actions: {
    "disclosure.list": {
      kind: "query",
      summary: "Who of the mall's people looked at whose personal data, newest first",
      params: Joi.object<ListDisclosures, true>({
        principal: name,
        subject: name,
        action: name,
        from: moment.max(30),
        to: moment.max(30),
        cursor,
        limit: Joi.number().integer().min(1).max(200).default(50),
      }),
      result: Joi.object<ListedDisclosures, true>({
        items: Joi.array().items(view).max(200).required(),
        next: cursor.allow(null).required().description("Give this as `cursor` to read on; null at the end"),
      }),
      permission: "disclosure.read",
      owner: "platform",
      http: { method: "GET", path: "/v1/disclosures" },
    },
  },
};

export const disclosureContract = anyContract(contract);
