/**
 * The hash tree of RFC 9162 (certificate transparency) over a stream of leaves: one root that changes with any leaf,
 * with the order and with the count. Only one hash per level is held, so that millions of leaves need no memory.
 */
import { createHash } from "node:crypto";

export interface Merkle {
  add(leaf: string): void;
  /** Hex. The root of no leaves is the hash of nothing. */
  root(): string;
  readonly count: number;
}

// a leaf can never be passed off as a node: they are hashed under different prefixes
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

const hash = (...parts: readonly (Buffer | string)[]): Buffer => {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  return sum.digest();
};

export function createMerkle(): Merkle {
  /** Roots of complete subtrees, from large to small; their sizes are the binary digits of `count`. */
  const subtrees: Buffer[] = [];
  let count = 0;
  const joined = (left: Buffer, right: Buffer): Buffer => hash(NODE, left, right);
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
