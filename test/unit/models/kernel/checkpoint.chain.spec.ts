import type { Checkpoint } from "../../../../models/kernel/checkpoint";
import { createSigner, newPrivateKey } from "../../../../models/kernel/signer";
import { verify } from "../../../../models/kernel/verify";
import { rowAfter } from "../../../support/rows";
import { type Mall, put, mall, A3 } from "./checked-mall";

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
