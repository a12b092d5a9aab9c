/** A small mall whose histories are vouched for by checkpoints. */
import { writeCheckpoint, type Checkpoint, type Written } from "../../../../models/kernel/checkpoint";
import type { Row } from "../../../../models/kernel/row";
import { createSigner, newPrivateKey, type Signer } from "../../../../models/kernel/signer";
import { verify, type Finding } from "../../../../models/kernel/verify";
import { memoryCheckpoints, type MemoryCheckpoints } from "../../../support/memory-checkpoints";
import { memoryHistories, type MemoryHistories } from "../../../support/memory-histories";
import { chainOf } from "../../../support/rows";

export interface Mall {
  readonly products: MemoryHistories;
  readonly stocks: MemoryHistories;
  readonly store: MemoryCheckpoints;
  readonly signer: Signer;
  readonly checkpoint: () => Promise<Written>;
  readonly verified: (copies?: readonly Checkpoint[]) => Promise<readonly Finding[]>;
}

export const put = (histories: MemoryHistories, rows: readonly Row[]): void => {
  for (const row of rows) histories.rows.set(row._id, row);
};

/** Ids that sort in another order with their `@` than without. */
export const IDS = ["a", "a-b", "a1", "b"];

export function mall(): Mall {
  const products = memoryHistories("product");
  const stocks = memoryHistories("product-stock");
  for (const id of IDS) put(products, chainOf(id, [{ n: 1 }, { n: 2 }, { n: 3 }]));
  put(stocks, chainOf("s", [{ onHand: 1 }]));
  const store = memoryCheckpoints();
  const signer = createSigner(newPrivateKey());
  const sources = [products, stocks];
  const now = (): string => "2026-01-31T12:00:00.000Z";
  return {
    products,
    stocks,
    store,
    signer,
    checkpoint: () => writeCheckpoint({ sources, store, signer, now }),
    verified: async (copies = []) => (await verify({ sources, store, trusted: [signer.publicKey], copies })).findings,
  };
}

export const at = (histories: MemoryHistories, id: string): Row => histories.rows.get(id) as Row;
export const A3 = "a@000000003";
