/** Checkpoints in memory; `chunks` and `rows` are open, so that a test can tamper with them. */
import type { Checkpoint, CheckpointStore, LeafChunk } from "../../models/kernel/checkpoint";

export interface MemoryCheckpoints extends CheckpointStore {
  readonly rows: Map<number, Checkpoint>;
  readonly chunks: Map<string, LeafChunk>;
}

export function memoryCheckpoints(): MemoryCheckpoints {
  const rows = new Map<number, Checkpoint>();
  const chunks = new Map<string, LeafChunk>();
  const sorted = (): Checkpoint[] => [...rows.values()].sort((a, b) => a.seq - b.seq);
  return {
    rows,
    chunks,
    latest: () => Promise.resolve(sorted().at(-1) ?? null),
    page: (after, limit) =>
      Promise.resolve(
        sorted()
          .filter(({ seq }) => seq > after)
          .slice(0, limit),
      ),
    put(checkpoint) {
      const free = !rows.has(checkpoint.seq);
      if (free) rows.set(checkpoint.seq, checkpoint);
      return Promise.resolve(free);
    },
    putLeaves(chunk) {
      chunks.set(`${chunk.leaves}/${chunk.index}`, chunk);
      return Promise.resolve();
    },
    chunkHeads(of) {
      const found = [...chunks.values()].filter(({ leaves }) => leaves === of);
      return Promise.resolve(found.sort((a, b) => a.index - b.index));
    },
    leaves: (leaves, index) => Promise.resolve(chunks.get(`${leaves}/${index}`) ?? null),
    discardLeaves(leaves) {
      for (const key of chunks.keys()) if (key.startsWith(`${leaves}/`)) chunks.delete(key);
      return Promise.resolve();
    },
  };
}
