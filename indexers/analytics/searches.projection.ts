/**
 * Searches and what came of them, from what is counted of visitors: no words, no visitor. The same counted facts tell
 * what became of recommendations, where an event names the one that led to it.
 */
import { pageDecisionId } from "../../models/decision/decision.page.contract";
import type { Fact } from "../../models/kernel/facts";
import type { Money } from "../../models/kernel/money";
import { integer, keyword, long } from "../kernel/fields";
import type { Json } from "../kernel/projection";
import type { Recording } from "../kernel/records";
import { common } from "./record.projection";

/** As it is counted; what is not known of it is left out. */
interface Counted extends Fact {
  readonly kind: "search" | "impression" | "view" | "click" | "cart" | "purchase";
  readonly queryKey?: string;
  readonly searchId?: string;
  readonly recommendationId?: string;
  readonly productId?: string;
  readonly position?: number;
  readonly results?: number;
  readonly channel?: string;
  readonly section?: string;
  readonly revenue?: Money;
}

const CAME = { view: "viewed", click: "clicked", cart: "carted", purchase: "bought" } as const;

/** What a visitor did with a product, however they came to it. */
const deed = ({ at, productId, channel, revenue }: Counted): Json => ({
  "@timestamp": at,
  "stoa.product.id": productId ?? null,
  "stoa.channel.id": channel ?? null,
  "stoa.currency": revenue?.currency ?? null,
  "stoa.revenue_minor": revenue?.amountMinor ?? null,
});

/** What was searched for, as far as one may know it. */
const search = ({ kind, searchId, queryKey, position, results, section }: Counted): Json => ({
  ...{ "stoa.search.id": searchId ?? null, "stoa.search.key": queryKey, "stoa.search.position": position ?? null },
  ...{ "stoa.search.results": results ?? null, "stoa.search.none": kind === "search" && results === 0 ? 1 : 0 },
  "stoa.section": section ?? null,
});

function searched(fact: Fact): readonly Json[] {
  const counted = fact as Counted;
  const { kind, queryKey = "" } = counted;
  // what was merely shown is told by the search itself; what no search led to is none of it
  if (kind === "impression" || queryKey === "") return [];
  const action = kind === "search" ? "search.answered" : `search.${CAME[kind]}`;
  return [{ ...deed(counted), ...search(counted), "event.action": action, "event.dataset": "stoa.search" }];
}

const deeds = {
  ...common,
  ...{ "stoa.product.id": keyword, "stoa.channel.id": keyword, "stoa.currency": keyword, "stoa.revenue_minor": long },
};

export const searchRecords: Recording = {
  name: "searches",
  revision: 1,
  properties: {
    ...deeds,
    ...{ "stoa.search.id": keyword, "stoa.search.key": keyword, "stoa.section": keyword },
    ...{ "stoa.search.position": integer, "stoa.search.results": integer, "stoa.search.none": integer },
  },
  facts: { "visitor.counted": searched },
};

/** As it is kept, those of a moment together: what they were decided from may be sealed, and is not looked at. */
interface Decided extends Fact {
  readonly id: string;
  readonly kind: string;
  readonly model: { readonly name: string; readonly version: number };
  readonly aboutType: string;
  readonly aboutId: string | readonly string[];
}

function recommended(fact: Fact): readonly Json[] {
  const { at, id, kind, model, aboutType, aboutId } = fact as Decided;
  if (kind !== "recommendation") return [];
  const shown = (own: string, about: string): Json => ({
    "@timestamp": at,
    "event.action": "recommendation.shown",
    "event.dataset": "stoa.recommendation",
    "stoa.recommendation.id": own,
    "stoa.recommendation.place": aboutType === "page" ? about : aboutType,
    "stoa.model.version": `${model.name} ${model.version}`,
  });
  if (typeof aboutId === "string") return [shown(id, aboutId)];
  return aboutId.map((about, place) => shown(pageDecisionId(id, place), about));
}

function taken(fact: Fact): readonly Json[] {
  const counted = fact as Counted;
  const { kind, recommendationId } = counted;
  if (recommendationId === undefined || kind === "search" || kind === "impression") return [];
  const told = { "event.action": `recommendation.${CAME[kind]}`, "event.dataset": "stoa.recommendation" };
  return [{ ...deed(counted), ...told, "stoa.recommendation.id": recommendationId }];
}

export const recommendationRecords: Recording = {
  name: "recommendations",
  revision: 1,
  properties: {
    ...deeds,
    ...{ "stoa.recommendation.id": keyword, "stoa.recommendation.place": keyword, "stoa.model.version": keyword },
  },
  facts: { decisions: recommended, "visitor.counted": taken },
};
