/** Trains nets in threads beside what else is to be done: while choosing on what is older, at the end on all. */
import path from "node:path";
import { sizeOf } from "../kernel/parameters";
import { startTraining, type Trained } from "../kernel/training";
import { someOf } from "./metrics";
import type { NetData } from "./net-learner";
import type { LearntNet } from "./net-scores";
import { shapesOf } from "./net-kinds";
import type { NetKind, NetSettings } from "./net-parts";
import type { Sequences } from "./sequences";
import type { Problem } from "./split";

const LEARNER = path.join(__dirname, "net-learner");
const MEASURED = 3_000;

export interface NetOrder {
  readonly kind: NetKind;
  readonly problem: Problem;
  readonly repeats: boolean;
  readonly first: number;
  readonly seed: number;
  readonly timeMs: number;
  readonly told: (sentence: string) => void;
}

const WIDTH = 64;
/** Of a catalogue this large the logits of towers take longer than they give. */
const NARROW_FROM = 20_000;

/** Wide enough for the catalogue, narrow enough for the time: a large one has more to tell apart and more to read. */
export const netSettings = (kind: NetKind, itemCount: number): NetSettings => ({
  ...{ kind, itemCount },
  width: kind === "towers" && itemCount > NARROW_FROM ? WIDTH / 2 : WIDTH,
  blocks: 1,
  length: 30,
  dropout: 0.4,
});

export interface FittedNet extends Trained {
  readonly net: LearntNet;
}

async function train(
  order: NetOrder,
  data: NetData,
  limits: { epochsMax: number; patience: number },
): Promise<FittedNet> {
  const { settings } = data;
  const training = startTraining(
    { module: LEARNER, data, seed: order.seed, limits: { ...limits, timeMs: order.timeMs } },
    ({ epoch, loss, measure, elapsedMs }) =>
      order.told(
        `${data.settings.kind}: epoch ${epoch} after ${Math.round(elapsedMs / 1_000)} s, ` +
          `loss ${loss.toFixed(3)}, measure ${measure.toFixed(4)}`,
      ),
  );
  const trained = await training.trained;
  // behind the weights stands what the optimizer remembers
  return { ...trained, net: { settings, weights: trained.weights.slice(0, sizeOf(shapesOf(settings))) } };
}

const dataOf = (order: NetOrder, sequences: Sequences): NetData => ({
  settings: netSettings(order.kind, order.problem.itemCount),
  sequences,
  validation: null,
  repeats: order.repeats,
  sampled: 512,
  rate: 0.003,
  first: order.first,
});

/** On what is older than the validation cases; ends when it no longer gets better there. */
export const trainForChoice = (order: NetOrder): Promise<FittedNet> =>
  train(
    order,
    { ...dataOf(order, order.problem.train), validation: someOf(order.problem.validation, MEASURED) },
    { epochsMax: 200, patience: 6 },
  );

/** On all that is older than what is judged, for as many epochs as were best before. */
export const trainAtLast = (order: NetOrder, epochs: number): Promise<FittedNet> =>
  train(order, dataOf(order, order.problem.whole), { epochsMax: epochs, patience: epochs + 1 });
