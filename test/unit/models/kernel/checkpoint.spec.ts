import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { writeCheckpoint, type Checkpoint, type Written } from "../../../../models/kernel/checkpoint";
import { createMerkle } from "../../../../models/kernel/merkle";
import type { Row } from "../../../../models/kernel/row";
import { createSigner, newPrivateKey, type Signer } from "../../../../models/kernel/signer";
import { describeFinding, verify, type Finding } from "../../../../models/kernel/verify";
import { memoryCheckpoints, type MemoryCheckpoints } from "../../../support/memory-checkpoints";
import { memoryHistories, type MemoryHistories } from "../../../support/memory-histories";
import { chainOf, rowAfter } from "../../../support/rows";

interface Mall {
  readonly products: MemoryHistories;
  readonly stocks: MemoryHistories;
  readonly store: MemoryCheckpoints;
  readonly signer: Signer;
  readonly checkpoint: () => Promise<Written>;
  readonly verified: (copies?: readonly Checkpoint[]) => Promise<readonly Finding[]>;
}

const put = (histories: MemoryHistories, rows: readonly Row[]): void => {
  for (const row of rows) histories.rows.set(row._id, row);
};

/** Ids that sort in another order with their `@` than without. */
const IDS = ["a", "a-b", "a1", "b"];

function mall(): Mall {
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

const at = (histories: MemoryHistories, id: string): Row => histories.rows.get(id) as Row;
const A3 = "a@000000003";

describe("verify", () => {
  it("finds nothing in what was left alone, and covers what grew since", async () => {
    const { checkpoint, verified, products, store, signer, stocks } = mall();
    expect(await verified()).toEqual([]);
    await checkpoint();
    put(products, [rowAfter(at(products, A3), { id: "a", state: { n: 4 } }), ...chainOf("c", [{ n: 1 }])]);
    const result = await verify({ sources: [stocks, products], store, trusted: [signer.publicKey] });
    expect(result).toMatchObject({ findings: [], histories: 6, checkpoint: { seq: 1, heads: 5, previous: "" } });
  });

  it.each<[string, (row: Row) => Row]>([
    ["state", (row) => ({ ...row, state: { n: 33 } })],
    ["events", (row) => ({ ...row, events: [{ type: "thing.changed", data: {} }] })],
    ["author", (row) => ({ ...row, by: "somebody" })],
    ["time", (row) => ({ ...row, committedAt: "2020-01-01T00:00:00.000Z" })],
    ["hash", (row) => ({ ...row, hash: "0".repeat(64) })],
    ["form (no JSON any more)", (row) => ({ ...row, state: { n: NaN } })],
  ])("finds a row whose %s was changed", async (_what, change) => {
    const { verified, products } = mall();
    products.rows.set("a@000000002", change(at(products, "a@000000002")));
    const findings = await verified();
    expect(findings[0]).toEqual({ kind: "row-changed", aggregate: "product", id: "a", version: 2 });
  });

  it("does not mind that a row was published", async () => {
    const { verified, products } = mall();
    await products.markPublished([A3]);
    expect(await verified()).toEqual([]);
  });

  it("finds a version taken out of the middle", async () => {
    const { verified, products } = mall();
    products.rows.delete("a@000000002");
    expect(await verified()).toEqual([{ kind: "version-missing", aggregate: "product", id: "a", version: 3 }]);
  });

  it("finds a newest row that was cut off", async () => {
    const { verified, products, checkpoint } = mall();
    await checkpoint();
    products.rows.delete(A3);
    expect(await verified()).toEqual([{ kind: "history-truncated", aggregate: "product", id: "a", version: 3 }]);
  });

  it("finds a tail that was rewritten with all its hashes", async () => {
    const { verified, products, checkpoint } = mall();
    await checkpoint();
    const forged = rowAfter(at(products, "a@000000002"), { id: "a", state: { n: 1_000 } });
    put(products, [forged, rowAfter(forged, { id: "a", state: { n: 1_001 } })]);
    expect(await verified()).toEqual([{ kind: "tail-rewritten", aggregate: "product", id: "a", version: 3 }]);
  });

  it.each(IDS)("finds that history %s vanished", async (id) => {
    const { verified, products, checkpoint } = mall();
    await checkpoint();
    for (const row of [...products.rows.values()]) if (row.aggregateId === id) products.rows.delete(row._id);
    expect(await verified()).toEqual([{ kind: "history-missing", aggregate: "product", id, version: 3 }]);
  });

  it("finds that the last history of all vanished", async () => {
    const { verified, stocks, checkpoint } = mall();
    await checkpoint();
    stocks.rows.clear();
    expect(await verified()).toEqual([{ kind: "history-missing", aggregate: "product-stock", id: "s", version: 1 }]);
  });

  it("finds heads that were changed to fit, or lost", async () => {
    const { verified, store, checkpoint, products } = mall();
    await checkpoint();
    products.rows.delete(A3);
    store.chunks.clear();
    expect(await verified()).toEqual([{ kind: "heads-changed", seq: 1 }]);
  });
});

describe("a chain of checkpoints", () => {
  const changed = (mallOf: Mall, seq: number, change: Partial<Checkpoint>): void => {
    mallOf.store.rows.set(seq, { ...(mallOf.store.rows.get(seq) as Checkpoint), ...change });
  };

  it("is chained, and keeps the heads of the last two", async () => {
    const { checkpoint, store, verified } = mall();
    const written = [await checkpoint(), await checkpoint(), await checkpoint()].map((w) => w.checkpoint);
    expect(written.map((c) => c?.previous)).toEqual(["", written[0]?.hash, written[1]?.hash]);
    expect(new Set([...store.chunks.values()].map(({ leaves }) => leaves))).toEqual(
      new Set([written[1]?.leaves, written[2]?.leaves]),
    );
    expect(await verified()).toEqual([]);
  });

  it("does not go on over a history that no longer fits", async () => {
    const { checkpoint, products, store } = mall();
    await checkpoint();
    products.rows.delete(A3);
    expect(await checkpoint()).toEqual({
      checkpoint: null,
      findings: [{ kind: "history-truncated", aggregate: "product", id: "a", version: 3 }],
    });
    expect(store.rows.size).toBe(1);
    expect(store.chunks.size).toBe(1);
    store.chunks.clear();
    expect((await checkpoint()).findings).toEqual([{ kind: "heads-changed", seq: 1 }]);
  });

  it("has one next checkpoint when two nodes write it at once", async () => {
    const { checkpoint, store } = mall();
    const [one, two] = await Promise.all([checkpoint(), checkpoint()]);
    expect(one.checkpoint).toEqual(two.checkpoint);
    expect([store.rows.size, store.chunks.size]).toEqual([1, 1]);
  });

  it("shows a changed one, an unsigned one, and one that is missing", async () => {
    const set = mall();
    for (let n = 0; n < 3; n++) await set.checkpoint();
    changed(set, 2, { takenAt: "2020-01-01T00:00:00.000Z" });
    expect(await set.verified()).toEqual([{ kind: "checkpoint-changed", seq: 2 }]);
    set.store.rows.delete(2);
    expect(await set.verified()).toEqual([{ kind: "checkpoint-missing", seq: 3 }]);
    changed(set, 3, { signature: "AAAA" });
    expect(await set.verified()).toContainEqual({ kind: "checkpoint-unsigned", seq: 3 });
  });

  it("cannot be rewritten without the key, nor, against a copy, with it", async () => {
    const set = mall();
    const { checkpoint: copy } = await set.checkpoint();
    set.store.rows.clear();
    expect(await set.verified([copy as Checkpoint])).toEqual([{ kind: "checkpoint-missing", seq: 1 }]);
    set.products.rows.delete(A3);
    await set.checkpoint();
    expect(await set.verified()).toEqual([]);
    expect(await set.verified([copy as Checkpoint])).toEqual([{ kind: "checkpoint-replaced", seq: 1 }]);
    const { store, products, stocks } = set;
    const other = createSigner(newPrivateKey());
    const result = await verify({ sources: [products, stocks], store, trusted: [other.publicKey] });
    expect(result.findings).toEqual([{ kind: "checkpoint-unsigned", seq: 1 }]);
  });

  it("covers more heads than one chunk holds", async () => {
    const set = mall();
    put(
      set.stocks,
      Array.from({ length: 4_100 }, (_, n) => rowAfter(null, { id: `t${n}`, state: {} })),
    );
    await set.checkpoint();
    expect(set.store.chunks.size).toBe(3);
    set.stocks.rows.delete("t4099@000000001");
    expect(await set.verified()).toMatchObject([{ kind: "history-missing", id: "t4099" }]);
  });
});

describe("findings", () => {
  it("are told in sentences that name the thing", () => {
    const row = { aggregate: "product", id: "a", version: 3 } as const;
    const rows = ["row-changed", "version-missing", "history-truncated", "tail-rewritten", "history-missing"] as const;
    for (const kind of rows) expect(describeFinding({ kind, ...row })).toMatch(/^product\/a.* .*\.$/);
    const checkpoints = [
      "checkpoint-changed",
      "checkpoint-missing",
      "checkpoint-unsigned",
      "checkpoint-replaced",
      "heads-changed",
    ] as const;
    for (const kind of checkpoints) expect(describeFinding({ kind, seq: 7 })).toMatch(/checkpoint 7 .*\.$/i);
  });
});

describe("the hash tree", () => {
  const sha = (...parts: (Buffer | string)[]): Buffer =>
    createHash("sha256")
      .update(Buffer.concat(parts.map((p) => Buffer.from(p))))
      .digest();

  /** RFC 9162, 2.1.1, as it is written there. */
  function bySpecification(leaves: readonly string[]): Buffer {
    if (leaves.length === 0) return sha();
    if (leaves.length === 1) return sha(Buffer.of(0), leaves[0] as string);
    let k = 1;
    while (k * 2 < leaves.length) k *= 2;
    return sha(Buffer.of(1), bySpecification(leaves.slice(0, k)), bySpecification(leaves.slice(k)));
  }

  it("gives the root of RFC 9162 for every number of leaves", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 70 }), (leaves) => {
        const tree = createMerkle();
        for (const leaf of leaves) tree.add(leaf);
        expect(tree.root()).toBe(bySpecification(leaves).toString("hex"));
        expect(tree.count).toBe(leaves.length);
      }),
    );
  });
});
