import { writeCheckpoint, type Checkpoint } from "../../../../models/kernel/checkpoint";
import { createInclusions, isIncluded, type Inclusion } from "../../../../models/kernel/inclusion";
import { createSigner, newPrivateKey } from "../../../../models/kernel/signer";
import { memoryCheckpoints } from "../../../support/memory-checkpoints";
import { memoryHistories } from "../../../support/memory-histories";
import { rowAfter } from "../../../support/rows";

const MANY = 4_500;

async function signed(): Promise<{ checkpoint: Checkpoint; find: (id: string) => Promise<Inclusion | null> }> {
  const [things, others] = [memoryHistories("thing"), memoryHistories("other")];
  for (let n = 0; n < MANY; n++) {
    const row = rowAfter(null, { id: `t${n}`, state: { n } });
    things.rows.set(row._id, row);
  }
  const row = rowAfter(null, { id: "first", state: {} });
  others.rows.set(row._id, row);
  const store = memoryCheckpoints();
  const signer = createSigner(newPrivateKey());
  const now = () => "2026-01-31T12:00:00.000Z";
  const { checkpoint } = await writeCheckpoint({ sources: [things, others], store, signer, now });
  const find = createInclusions(store);
  const known = checkpoint as Checkpoint;
  return { checkpoint: known, find: (id) => find(known, { aggregate: id === "first" ? "other" : "thing", id }) };
}

describe("the proof that a checkpoint vouches for a history", () => {
  it("holds for each of many, over all chunks of heads", async () => {
    const { checkpoint, find } = await signed();
    for (const id of ["first", "t0", "t1", "t999", "t2047", "t2048", "t4499"]) {
      const inclusion = await find(id);
      expect(inclusion?.leaf).toMatchObject({ id, version: 1 });
      expect(isIncluded(inclusion as Inclusion, checkpoint)).toBe(true);
    }
  });

  it("does not hold for what was changed", async () => {
    const { checkpoint, find } = await signed();
    const inclusion = (await find("t77")) as Inclusion;
    const { leaf, index } = inclusion;
    for (const forged of [
      { ...inclusion, leaf: { ...leaf, version: 2 } },
      { ...inclusion, leaf: { ...leaf, hash: "0".repeat(64) } },
      { ...inclusion, index: index + 1 },
      { ...inclusion, count: inclusion.count + 1 },
    ]) {
      expect(isIncluded(forged, checkpoint)).toBe(false);
    }
  });

  it("is not there for what the checkpoint has not seen", async () => {
    const { find } = await signed();
    for (const id of ["0", "t4500", "zebra"]) expect(await find(id)).toBeNull();
  });
});
