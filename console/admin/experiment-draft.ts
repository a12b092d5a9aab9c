/** What somebody says of a further experiment: as it is now, against one thing that is otherwise. Pure. */
import type { ExperimentContent, Metric, RankingSettings } from "../../models/experiment/experiment.content.contract";

export const OTHERWISE = ["impersonal", "no-clicks", "titles", "brands"] as const;
export type Otherwise = (typeof OTHERWISE)[number];

/** What the other arm does. */
const RANKINGS: Readonly<Record<Otherwise, RankingSettings>> = {
  impersonal: { personal: false },
  "no-clicks": { clicks: false },
  titles: { weights: { title: 2 } },
  brands: { weights: { brand: 2 } },
};

export interface ExperimentDraft {
  readonly question: string;
  readonly otherwise: Otherwise;
  readonly design: ExperimentContent["design"];
  readonly metric: Metric;
}

export const EMPTY_EXPERIMENT: ExperimentDraft = {
  ...{ question: "", otherwise: "impersonal", design: "split", metric: "click" },
};

/** What is as it is now. */
export const CONTROL = "as-now";

const HALF = 0.5;

/** Searches that find nothing may not become more by two of a hundred: beyond it, that is told. */
const GUARD = { metric: "zero-results", tolerated: 0.02 } as const;

export const experimentOf = ({ question, otherwise, design, metric }: ExperimentDraft): ExperimentContent => ({
  ...{ name: question.trim().slice(0, 100), question: question.trim(), design, metric },
  arms: [
    { name: CONTROL, share: HALF, ranking: {} },
    { name: otherwise, share: HALF, ranking: RANKINGS[otherwise] },
  ],
  ...(design === "split" && { guards: [GUARD] }),
});
