/** Every projection of the mall: one line each. Indexers, rebuilds and tokens are driven by this list. */
import type { Target } from "../models/kernel/contract";
import type { Commit } from "../models/kernel/row";
import { channels } from "./channel/channels.projection";
import { targetsIn, type Projection } from "./kernel/projection";
import { products } from "./product/products.projection";

export const projections: readonly Projection[] = [channels, products];

/** Where a commit will be seen on the read side: what a consistency token carries. */
export const targetsOf = (commit: Commit): Target[] =>
  projections.flatMap((projection) => targetsIn(projection, commit));
