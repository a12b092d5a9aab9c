/** A tree as parallel lists: small to keep, quick to walk. */

export interface Tree {
  /** The feature that a node asks for; -1 for a leaf. */
  readonly features: readonly number[];
  /** A row goes left where its feature is ≤ this. */
  readonly thresholds: readonly number[];
  readonly lefts: readonly number[];
  readonly rights: readonly number[];
  /** What each node would say if it were a leaf: differences along a path are what its features contribute. */
  readonly values: readonly number[];
}

/** @param at where the row begins in `row` */
export function leafOf(tree: Tree, row: ArrayLike<number>, at = 0): number {
  let node = 0;
  for (let feature = tree.features[0] as number; feature >= 0; feature = tree.features[node] as number) {
    const left = (row[at + feature] as number) <= (tree.thresholds[node] as number);
    node = (left ? tree.lefts[node] : tree.rights[node]) as number;
  }
  return node;
}

/** Adds what each feature contributes to `out`; the root's value and these sum to what the tree says. */
export function contribute(tree: Tree, row: ArrayLike<number>, out: Float64Array): void {
  let node = 0;
  for (let feature = tree.features[0] as number; feature >= 0; feature = tree.features[node] as number) {
    const left = (row[feature] as number) <= (tree.thresholds[node] as number);
    const child = (left ? tree.lefts[node] : tree.rights[node]) as number;
    out[feature] = (out[feature] as number) + (tree.values[child] as number) - (tree.values[node] as number);
    node = child;
  }
}
