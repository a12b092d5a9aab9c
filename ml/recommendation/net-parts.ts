/** What nets that read sequences are put together from. */
import * as tf from "@tensorflow/tfjs-core";

export const NET_KINDS = ["attention", "towers"] as const;
export type NetKind = (typeof NET_KINDS)[number];

export interface NetSettings {
  readonly kind: NetKind;
  readonly itemCount: number;
  readonly width: number;
  /** Of attention; towers have none. */
  readonly blocks: number;
  /** Steps that it looks back. */
  readonly length: number;
  readonly dropout: number;
}

/** The row of nothing: what stands before the first item. */
export const nothing = ({ itemCount }: NetSettings): number => itemCount;

/** Sets some numbers to zero and raises the others; the same `x` where nothing is dropped. */
export type Drop = (x: tf.Tensor) => tf.Tensor;
export const dropNothing: Drop = (x) => x;

/** Every vector at length √width, then scaled. */
export const normed = (x: tf.Tensor, scale: tf.Tensor): tf.Tensor =>
  tf.mul(tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), 1e-6))), scale);

const NEVER = -1e9;

/** What attention may not see: later steps, and steps before the first. `[batch, length, length]`. */
function blocked(inputs: Int32Array, batch: number, length: number, none: number): Float32Array {
  const mask = new Float32Array(batch * length * length);
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < length; i++) {
      for (let j = 0; j < length; j++) {
        const hidden = j > i || (inputs[b * length + j] === none && j !== i);
        if (hidden) mask[(b * length + i) * length + j] = NEVER;
      }
    }
  }
  return mask;
}

export interface Input {
  /** `batch × length` items, each sequence at the end of its row. */
  readonly inputs: Int32Array;
  readonly batch: number;
  readonly length: number;
}

interface Beginning {
  /** The vector of what was taken at each step: `[batch × length, width]`. */
  readonly taken: tf.Tensor;
  /** Far below zero where a step may not look: `[batch, length, length]`. */
  readonly hidden: tf.Tensor3D;
}

/** What every net that reads begins with. @param items the vectors of all items */
export const beginningOf = (items: tf.Tensor, settings: NetSettings, { inputs, batch, length }: Input): Beginning => ({
  taken: tf.mul(tf.gather(items, tf.tensor1d(inputs, "int32")), Math.sqrt(settings.width)),
  hidden: tf.tensor3d(blocked(inputs, batch, length, nothing(settings)), [batch, length, length]),
});

/** How many steps back each step sees each other one; for an embedding by distance. */
export const distancesOf = (length: number): tf.Tensor1D =>
  tf.tensor1d(
    Int32Array.from({ length: length * length }, (_none, at) => Math.max(0, Math.floor(at / length) - (at % length))),
    "int32",
  );
