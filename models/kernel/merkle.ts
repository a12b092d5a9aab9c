/**
 * The hash tree of RFC 9162 (certificate transparency) over a list of leaves: one root that changes with any leaf,
 * with the order and with the count. A stream of leaves needs one hash per level, so that millions need no memory; a
 * path of one hash per level proves to anybody who has the root that a leaf is in the list.
 */
import { createHash } from "node:crypto";

export interface Merkle {
  add(leaf: string): void;
  /** Hex. The root of no leaves is the hash of nothing. */
  root(): string;
  readonly count: number;
}

/** That a leaf stands at `index` of `count` leaves: the hashes (hex) beside its way up to the root. */
export interface MerklePath {
  readonly index: number;
  readonly count: number;
  readonly path: readonly string[];
}

// a leaf can never be passed off as a node: they are hashed under different prefixes
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

const hash = (...parts: readonly (Buffer | string)[]): Buffer => {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  return sum.digest();
};

const joined = (left: Buffer, right: Buffer): Buffer => hash(NODE, left, right);

/** Hex. */
export const leafHash = (leaf: string): string => hash(LEAF, leaf).toString("hex");

export function createMerkle(): Merkle {
  /** Roots of complete subtrees, from large to small; their sizes are the binary digits of `count`. */
  const subtrees: Buffer[] = [];
  let count = 0;
  return {
    add(leaf) {
      let node = hash(LEAF, leaf);
      for (let size = count; size % 2 === 1; size = Math.floor(size / 2)) node = joined(subtrees.pop() as Buffer, node);
      subtrees.push(node);
      count++;
    },
    root: () => (count === 0 ? hash() : subtrees.reduceRight((right, left) => joined(left, right))).toString("hex"),
    get count() {
      return count;
    },
  };
}

/** The level above: pairs are joined, one that is left over moves up as it is. */
function levelAbove(level: readonly Buffer[]): Buffer[] {
  const above: Buffer[] = [];
  for (let i = 0; i < level.length; i += 2) {
    const [left, right] = [level[i] as Buffer, level[i + 1]];
    above.push(right === undefined ? left : joined(left, right));
  }
  return above;
}

/**
 * The hashes (hex) beside the way from the hash at `index` up to the root of all. The hashes may be those of leaves,
 * or of subtrees with the same power of two of leaves in each but the last: then it is the upper part of the way.
 */
export function pathTo(index: number, hashes: readonly string[]): string[] {
  const path: string[] = [];
  let at = index;
  for (
    let level: Buffer[] = hashes.map((text) => Buffer.from(text, "hex"));
    level.length > 1;
    level = levelAbove(level)
  ) {
    const beside = level[at % 2 === 0 ? at + 1 : at - 1];
    if (beside) path.push(beside.toString("hex"));
    at = Math.floor(at / 2);
  }
  return path;
}

const isPlace = (index: number, count: number): boolean => index >= 0 && index < count;

/** The root (hex) to which a path leads from a leaf; null for a path that cannot be one (RFC 9162, 2.1.3.2). */
export function rootBy(leaf: string, { index, count, path }: MerklePath): string | null {
  if (!isPlace(index, count)) return null;
  const rest = [...path];
  let node = hash(LEAF, leaf);
  for (let [at, size] = [index, count]; size > 1; [at, size] = [Math.floor(at / 2), Math.ceil(size / 2)]) {
    // one that is left over moves up as it is
    if (at % 2 === 0 && at + 1 === size) continue;
    const beside = Buffer.from(rest.shift() ?? "", "hex");
    node = at % 2 === 0 ? joined(node, beside) : joined(beside, node);
  }
  return rest.length === 0 ? node.toString("hex") : null;
}
