/**
 * The kernel `UnsortedSegmentSum` for a backend that lacks it (wasm): rows of a tensor are added up by the segment that
 * each belongs to. It is the gradient of `gather`, so no embedding learns without it. Plain loops over rows beat the
 * general ones of the cpu backend, which walk all rows once for each segment.
 */
import * as tf from "@tensorflow/tfjs-core";

interface Memory {
  readSync(dataId: object): tf.BackendValues;
}

/** @param rows `width` numbers each. @param segments one per row, from 0; rows of other segments are left out */
export function sumBySegment(rows: Float32Array, segments: Int32Array, count: number): Float32Array {
  const width = segments.length === 0 ? 0 : rows.length / segments.length;
  const sums = new Float32Array(count * width);
  for (let row = 0; row < segments.length; row++) {
    const segment = segments[row] as number;
    if (segment < 0 || segment >= count) continue;
    const to = segment * width;
    const from = row * width;
    for (let i = 0; i < width; i++) sums[to + i] = (sums[to + i] as number) + (rows[from + i] as number);
  }
  return sums;
}

const isThere = (backendName: string): boolean =>
  tf.getKernelsForBackend(backendName).some(({ kernelName }) => kernelName === "UnsortedSegmentSum");

/** Registers the kernel for this backend, once; leaves it alone where the backend has its own. */
export function registerSegmentSum(backendName: string): void {
  if (isThere(backendName)) return;
  tf.registerKernel({
    kernelName: "UnsortedSegmentSum",
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      const { numSegments } = attrs as unknown as { numSegments: number };
      const memory = backend as Memory;
      const rows = memory.readSync(x.dataId) as Float32Array;
      const segments = memory.readSync(segmentIds.dataId) as Int32Array;
      // a tensor, not its bare data: two of the same data would free it twice
      return tf.tensor(sumBySegment(rows, segments, numSegments), [numSegments, ...x.shape.slice(1)], "float32");
    },
  });
}
