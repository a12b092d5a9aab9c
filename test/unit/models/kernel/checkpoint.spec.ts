import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { createMerkle } from "../../../../models/kernel/merkle";
import type { Row } from "../../../../models/kernel/row";
import { describeFinding, verify } from "../../../../models/kernel/verify";
import { chainOf, rowAfter } from "../../../support/rows";
import { put, IDS, mall, at, A3 } from "./checked-mall";

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
