/** The kinds of nets: what each is made of, and how it reads. */
import type * as tf from "@tensorflow/tfjs-core";
import type { Shape, Weights } from "../kernel/parameters";
import type { Drop, Input, NetKind, NetSettings } from "./net-parts";
import { attentionShapes, readAttention } from "./sequence-net";
import { readTower, towerShapes } from "./two-tower";

interface Kind {
  readonly shapes: (settings: NetSettings) => Shape[];
  /** What the net makes of each step: `[batch × length, width]`; step `length - 1` of a row is the newest. */
  readonly read: (weights: Weights, settings: NetSettings, input: Input, drop?: Drop) => tf.Tensor2D;
}

const KINDS: Readonly<Record<NetKind, Kind>> = {
  attention: { shapes: attentionShapes, read: readAttention },
  towers: { shapes: towerShapes, read: readTower },
};

export const shapesOf = (settings: NetSettings): Shape[] => KINDS[settings.kind].shapes(settings);

export const read: Kind["read"] = (weights, settings, input, drop) =>
  KINDS[settings.kind].read(weights, settings, input, drop);
