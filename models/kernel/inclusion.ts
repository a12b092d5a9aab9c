/**
 * That one history stands in a signed checkpoint: its head there, and the path of hashes from it to the signed root.
 * Who has kept the checkpoint and its public key can check it without the mall, and without seeing another history.
 */
import { LRUCache } from "lru-cache";
import { placeOf, type Head } from "./audit";
import { CHUNK, leafOf, unpacked, type Checkpoint, type CheckpointStore, type ChunkHead } from "./checkpoint";
import { leafHash, pathTo, rootBy, type MerklePath } from "./merkle";

/** The head is the leaf; `leafOf` says how it is written before it is hashed. */
export interface Inclusion extends MerklePath {
  readonly leaf: Head;
}

export type FindInclusion = (checkpoint: Checkpoint, of: Pick<Head, "aggregate" | "id">) => Promise<Inclusion | null>;

/** Checkpoints whose list of chunks is kept in memory: the newest, and the one before while it changes. */
const CHECKPOINTS_CACHED = 2;

/** Null for a history that the checkpoint has not seen. */
export function createInclusions(store: Pick<CheckpointStore, "leaves" | "chunkHeads">): FindInclusion {
  const cached = new LRUCache<string, readonly ChunkHead[]>({ max: CHECKPOINTS_CACHED });
  const chunksOf = async (leaves: string): Promise<readonly ChunkHead[]> => {
    const known = cached.get(leaves) ?? (await store.chunkHeads(leaves));
    cached.set(leaves, known);
    return known;
  };
  return async (checkpoint, of) => {
    const chunks = await chunksOf(checkpoint.leaves);
    const chunk = chunks.findLast(({ first }) => first <= placeOf(of));
    const packed = chunk && (await store.leaves(checkpoint.leaves, chunk.index));
    if (!packed) return null;
    const heads = unpacked(packed);
    const at = heads.findIndex(({ aggregate, id }) => aggregate === of.aggregate && id === of.id);
    const leaf = heads[at];
    if (!leaf) return null;
    const within = pathTo(
      at,
      heads.map((head) => leafHash(leafOf(head))),
    );
    const above = pathTo(
      chunk.index,
      chunks.map(({ root }) => root),
    );
    return { leaf, index: chunk.index * CHUNK + at, count: checkpoint.heads, path: [...within, ...above] };
  };
}

/** Whether the path leads from the leaf to the checkpoint's root. */
export const isIncluded = (
  { leaf, ...path }: Inclusion,
  { root, heads }: Pick<Checkpoint, "root" | "heads">,
): boolean => path.count === heads && rootBy(leafOf(leaf), path) === root;
