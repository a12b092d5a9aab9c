/** Examples of the net in batches: every step of a sequence is to be foretold from those before it. Seeded. */
import { type Chance, permutation } from "../kernel/random";
import { countOf, type Sequences, spanOf } from "./sequences";

export interface Batch {
  readonly inputs: Int32Array;
  readonly batch: number;
  readonly length: number;
  /** Which rows of what was read have something to foretell, and what. */
  readonly rows: Int32Array;
  readonly targets: Int32Array;
}

const [STEPS_MIN, STEPS_MAX] = [512, 2_048];

/**
 * Steps of one batch, roughly. Small ones learn the same in half of the epochs; but each ends with an update of every
 * item, so that a large catalogue needs large ones.
 */
export const stepsPerBatch = (itemCount: number): number =>
  Math.min(STEPS_MAX, Math.max(STEPS_MIN, Math.round(itemCount / 20)));

interface Piece {
  /** In `items`; the last one is foretold, not read. */
  readonly from: number;
  readonly to: number;
}

/** Sequences in pieces of at most `length` steps; what a piece cuts off is foretold in the piece before. */
function piecesOf(sequences: Sequences, length: number): Piece[] {
  const pieces: Piece[] = [];
  for (let n = 0; n < countOf(sequences); n++) {
    const { from, to } = spanOf(sequences, n);
    for (let end = to; end - from >= 2; end -= length) pieces.push({ from: Math.max(from, end - length - 1), to: end });
  }
  return pieces;
}

/** Pieces of like lengths together, so that little is read in vain; batches and their order by chance. */
export function batchesOf(
  sequences: Sequences,
  of: { length: number; none: number; seed: number; steps: number },
): (() => Batch)[] {
  const pieces = piecesOf(sequences, of.length);
  const mixed = Array.from(permutation(pieces.length, of.seed), (n) => pieces[n] as Piece);
  // sorting is stable: among those of one length the order by chance stays
  mixed.sort((a, b) => a.to - a.from - (b.to - b.from));
  const groups: Piece[][] = [];
  let group: Piece[] = [];
  for (const piece of mixed) {
    if ((group.length + 1) * (piece.to - piece.from - 1) > of.steps && group.length > 0) {
      groups.push(group);
      group = [];
    }
    group.push(piece);
  }
  if (group.length > 0) groups.push(group);
  return Array.from(
    permutation(groups.length, of.seed + 1),
    (n) => () => batchOf(sequences, groups[n] as Piece[], of.none),
  );
}

function batchOf({ items }: Sequences, pieces: readonly Piece[], none: number): Batch {
  const length = Math.max(...pieces.map(({ from, to }) => to - from - 1));
  const inputs = new Int32Array(pieces.length * length).fill(none);
  const rows: number[] = [];
  const targets: number[] = [];
  pieces.forEach(({ from, to }, b) => {
    const steps = to - from - 1;
    for (let i = 0; i < steps; i++) {
      const row = b * length + length - steps + i;
      inputs[row] = items[from + i] as number;
      rows.push(row);
      targets.push(items[from + i + 1] as number);
    }
  });
  return { inputs, batch: pieces.length, length, rows: Int32Array.from(rows), targets: Int32Array.from(targets) };
}

/** Draws items, the frequent ones more often: by the power 1/2 of how often they are taken. */
export interface Drawn {
  readonly draw: (count: number, random: Chance) => Int32Array;
  /** The logarithm of the chance of each item. */
  readonly logChance: Float32Array;
}

export function drawing(counts: Int32Array): Drawn {
  const ends = new Float64Array(counts.length);
  let sum = 0;
  counts.forEach((count, item) => (ends[item] = sum += Math.sqrt(count) + 0.1));
  const draw = (at: number): number => {
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] as number) > at) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    draw: (count, random) => Int32Array.from({ length: count }, () => draw(random.next() * sum)),
    logChance: Float32Array.from(counts, (count) => Math.log((Math.sqrt(count) + 0.1) / sum)),
  };
}

/** Keeps each number with the chance `1 - share`, and raises it by as much. */
export function dropMask(length: number, share: number, random: Chance): Float32Array {
  const mask = new Float32Array(length);
  const raised = 1 / (1 - share);
  for (let i = 0; i < length; i++) mask[i] = random.next() < share ? 0 : raised;
  return mask;
}
