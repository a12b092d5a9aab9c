/** Learns from visits to this mall how they end. In a thread of its own; seeded. */
import { VISIT_FEATURES } from "../../models/intent/intent.visit.contract";
import { contested, lackingEither, type Outcome } from "../kernel/contest";
import { areaUnderRoc } from "../kernel/metrics";
import { crossScores, trainTrees } from "./model";
import { FIRST_VISITS, scoreOfVisit, type VisitModel } from "./visits";

export interface PastVisit {
  readonly row: Float32Array;
  readonly bought: boolean;
}

export interface LearnOrder {
  /** Oldest first. */
  readonly visits: readonly PastVisit[];
  readonly seed: number;
  /** The model in use; left out: what ships. */
  readonly champion?: VisitModel;
}

export type Learnt = Outcome<VisitModel>;

const EACH_MIN = { teaching: 50, judging: 20 };

const labelsOf = (visits: readonly PastVisit[]): Uint8Array =>
  Uint8Array.from(visits, ({ bought }) => (bought ? 1 : 0));

const judgedBy = (model: VisitModel, visits: readonly PastVisit[]): number =>
  areaUnderRoc(
    labelsOf(visits),
    Float64Array.from(visits, ({ row }) => scoreOfVisit(model, row)),
  );

function trained(visits: readonly PastVisit[], seed: number): VisitModel {
  const rows = visits.map(({ row }) => row);
  const labels = labelsOf(visits);
  const { trees, calibration } = trainTrees(rows, labels, seed, crossScores(rows, labels, seed));
  return { features: VISIT_FEATURES, bias: 0, weights: VISIT_FEATURES.map(() => 0), trees, calibration };
}

export const run = ({ visits, seed, champion }: LearnOrder): Promise<Learnt> =>
  Promise.resolve(
    contested<PastVisit, VisitModel>({
      ...{ lessons: visits, measure: "AUC", judge: judgedBy },
      lacking: lackingEither(({ bought }) => bought, EACH_MIN, "visits"),
      train: (teaching) => trained(teaching, seed),
      first: (_teaching, judging) => judgedBy(FIRST_VISITS, judging),
      ...(champion && { champion }),
    }),
  );
