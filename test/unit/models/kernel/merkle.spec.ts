import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { createMerkle, leafHash, pathTo, rootBy } from "../../../../models/kernel/merkle";

const leavesOf = (count: number): string[] => Array.from({ length: count }, (_, n) => `leaf ${n}`);

function rootOf(leaves: readonly string[]): string {
  const tree = createMerkle();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
}

/** RFC 9162, 2.1.1 word for word: split at the largest power of two below the count. */
function mth(leaves: readonly string[]): Buffer {
  const sha = (...parts: (Buffer | string)[]) =>
    parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest();
  if (leaves.length === 0) return sha("");
  if (leaves.length === 1) return sha(Buffer.of(0), leaves[0] ?? "");
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha(Buffer.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

describe("a hash tree", () => {
  it("has the root of RFC 9162, whatever its size", () => {
    for (let count = 0; count < 70; count++) {
      expect(rootOf(leavesOf(count))).toBe(mth(leavesOf(count)).toString("hex"));
    }
  });

  it("proves each of its leaves, and no other", () => {
    const size = fc.integer({ min: 1, max: 300 });
    const pick = size.chain((count) => fc.tuple(fc.constant(count), fc.integer({ min: 0, max: count - 1 })));
    fc.assert(
      fc.property(pick, ([count, index]) => {
        const leaves = leavesOf(count);
        const path = pathTo(index, leaves.map(leafHash));
        const root = rootOf(leaves);
        expect(rootBy(`leaf ${index}`, { index, count, path })).toBe(root);
        expect(rootBy("another leaf", { index, count, path })).not.toBe(root);
        if (count > 1) expect(rootBy(`leaf ${index}`, { index: (index + 1) % count, count, path })).not.toBe(root);
      }),
    );
  });

  it("composes the path of a leaf from the one in its subtree and the one above", () => {
    const chunk = 8;
    for (const count of [8, 9, 16, 21, 24, 63]) {
      const leaves = leavesOf(count);
      const chunks = Array.from({ length: Math.ceil(count / chunk) }, (_, n) =>
        leaves.slice(n * chunk, (n + 1) * chunk),
      );
      for (let index = 0; index < count; index++) {
        const own = Math.floor(index / chunk);
        const within = pathTo(index % chunk, (chunks[own] ?? []).map(leafHash));
        const path = [...within, ...pathTo(own, chunks.map(rootOf))];
        expect(rootBy(`leaf ${index}`, { index, count, path })).toBe(rootOf(leaves));
      }
    }
  });

  it("takes no path that is too long, too short, or of a leaf that cannot be", () => {
    const root = rootOf(leavesOf(5));
    const path = pathTo(2, leavesOf(5).map(leafHash));
    expect(rootBy("leaf 2", { index: 2, count: 5, path: [...path, path[0] ?? ""] })).toBeNull();
    expect(rootBy("leaf 2", { index: 2, count: 5, path: path.slice(1) })).not.toBe(root);
    expect(rootBy("leaf 2", { index: 5, count: 5, path })).toBeNull();
    expect(rootBy("leaf 2", { index: -1, count: 5, path })).toBeNull();
  });
});
