/**
 * A checkpoint vouches for every history at one time: the root of a hash tree over all heads, chained to the
 * checkpoint before it and signed. A chain of rows alone cannot tell that its newest rows were cut off or rewritten;
 * the next checkpoint, or `verify`, can. A checkpoint is small and made to be taken away: a copy kept elsewhere
 * proves even against somebody who rewrites the whole database. Its heads are kept beside it, for the last two.
 */
import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { audit, placeOf, type Head, type RowFinding, type RowSource } from "./audit";
import { canonical } from "./canonical";
import { randomId } from "./ids";
import { createMerkle, type Merkle } from "./merkle";
import type { Iso } from "./row";
import type { Signer } from "./signer";

export interface Checkpoint {
  readonly format: 1;
  /** 1, 2, 3 … */
  readonly seq: number;
  readonly takenAt: Iso;
  /** How many histories there are. */
  readonly heads: number;
  /** Root of the tree over `[aggregate, id, version, hash]` of every head, in the order of the walk; hex. */
  readonly root: string;
  /** Hash of the checkpoint before this one, empty for the first. */
  readonly previous: string;
  /** Where its heads are kept. */
  readonly leaves: string;
  readonly keyId: string;
  /** SHA-256 of the canonical form of all of the above; hex. */
  readonly hash: string;
  /** Ed25519 over the hash; base64url. */
  readonly signature: string;
}

/** A bounded part of a checkpoint's heads, and what is needed to find one of them and to prove that it is there. */
export interface ChunkHead {
  readonly leaves: string;
  readonly index: number;
  /** Where its first head stands in the order of the walk. */
  readonly first: string;
  /** Of the subtree over its heads; hex. */
  readonly root: string;
}

/** `packed` is base64 of gzip of JSON. */
export interface LeafChunk extends ChunkHead {
  readonly packed: string;
}

export interface CheckpointStore {
  latest(): Promise<Checkpoint | null>;
  /** Checkpoints after `afterSeq`, ascending. */
  page(afterSeq: number, limit: number): Promise<readonly Checkpoint[]>;
  /** False when there is a checkpoint with this number already. */
  put(checkpoint: Checkpoint): Promise<boolean>;
  putLeaves(chunk: LeafChunk): Promise<void>;
  leaves(leaves: string, index: number): Promise<LeafChunk | null>;
  /** Every chunk of a checkpoint, in order, without what is packed in it. */
  chunkHeads(leaves: string): Promise<readonly ChunkHead[]>;
  discardLeaves(leaves: string): Promise<void>;
}

/** What a checkpoint's hash covers. */
export const checkpointHash = ({ hash: _hash, signature: _signature, ...body }: Checkpoint): string =>
  createHash("sha256").update(canonical(body)).digest("hex");

export const leafOf = ({ aggregate, id, version, hash }: Head): string => canonical([aggregate, id, version, hash]);

/** A power of two, so that a chunk is a subtree of the whole tree. */
export const CHUNK = 2_048;
const KEPT = 2;
const FINDINGS_MAX = 1_000;

/** The heads that a checkpoint saw, chunk by chunk. */
export async function* headsOf(store: CheckpointStore, checkpoint: Checkpoint | null): AsyncGenerator<Head> {
  for (let index = 0; checkpoint && index * CHUNK < checkpoint.heads; index++) {
    const chunk = await store.leaves(checkpoint.leaves, index);
    if (!chunk) return;
    yield* unpacked(chunk);
  }
}

export const unpacked = ({ packed }: Pick<LeafChunk, "packed">): Head[] =>
  JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString()) as Head[];

/** The same heads, each added to `tree` on its way: afterwards it tells whether they give the checkpoint's root. */
export async function* watched(heads: AsyncGenerator<Head>, tree: Merkle): AsyncGenerator<Head, void> {
  for await (const head of heads) {
    tree.add(leafOf(head));
    yield head;
  }
}

/** Collects heads into a tree and into chunks as they come. */
function collecting(store: CheckpointStore, leaves: string): { add(head: Head): Promise<void>; end(): Promise<Tree> } {
  const tree = createMerkle();
  let held: Head[] = [];
  let index = 0;
  let subtree = createMerkle();
  const flush = async (): Promise<void> => {
    const [head] = held;
    if (!head) return;
    const packed = gzipSync(JSON.stringify(held)).toString("base64");
    const root = subtree.root();
    held = [];
    subtree = createMerkle();
    await store.putLeaves({ leaves, index: index++, first: placeOf(head), root, packed });
  };
  return {
    async add(head) {
      tree.add(leafOf(head));
      subtree.add(leafOf(head));
      held.push(head);
      if (held.length === CHUNK) await flush();
    },
    async end() {
      await flush();
      return { root: tree.root(), heads: tree.count };
    },
  };
}

type Tree = Pick<Checkpoint, "root" | "heads">;

export interface CheckpointWork {
  readonly sources: readonly RowSource[];
  readonly store: CheckpointStore;
  readonly signer: Signer;
  readonly now: () => Iso;
}

/** The kept heads of a checkpoint do not give its root any more. */
export interface HeadsFinding {
  readonly kind: "heads-changed";
  readonly seq: number;
}

/** `checkpoint` is null when histories do not fit the last one: a new one would bless what was done to them. */
export interface Written {
  readonly checkpoint: Checkpoint | null;
  readonly findings: readonly (RowFinding | HeadsFinding)[];
}

/** Writes the next checkpoint. When two nodes do so at once, one is kept and both get it. */
export async function writeCheckpoint(work: CheckpointWork): Promise<Written> {
  const { store, signer } = work;
  const last = await store.latest();
  const leaves = randomId();
  const { tree, findings } = await collect(work, last, leaves);
  if (findings.length > 0) {
    await store.discardLeaves(leaves);
    return { checkpoint: null, findings };
  }
  const { seq, hash: previous } = last ?? { seq: 0, hash: "" };
  const body = {
    format: 1,
    seq: seq + 1,
    takenAt: work.now(),
    ...tree,
    previous,
    leaves,
    keyId: signer.keyId,
  } as const;
  const checkpoint = signed(signer, body);
  if (!(await store.put(checkpoint))) {
    await store.discardLeaves(leaves);
    return { checkpoint: await store.latest(), findings };
  }
  await discardOld(store, checkpoint.seq);
  return { checkpoint, findings };
}

interface Collected {
  readonly tree: Tree;
  readonly findings: readonly (RowFinding | HeadsFinding)[];
}

async function collect(work: CheckpointWork, last: Checkpoint | null, leaves: string): Promise<Collected> {
  const findings: (RowFinding | HeadsFinding)[] = [];
  const collected = collecting(work.store, leaves);
  const seen = createMerkle();
  await audit({
    sources: work.sources,
    heads: watched(headsOf(work.store, last), seen),
    chains: false,
    onHead: (head) => collected.add(head),
    onFinding: (finding) => {
      if (findings.length < FINDINGS_MAX) findings.push(finding);
    },
  });
  if (last && seen.root() !== last.root) findings.unshift({ kind: "heads-changed", seq: last.seq });
  return { tree: await collected.end(), findings };
}

function signed(signer: Signer, body: Omit<Checkpoint, "hash" | "signature">): Checkpoint {
  const hash = checkpointHash({ ...body, hash: "", signature: "" });
  return { ...body, hash, signature: signer.sign(hash) };
}

async function discardOld(store: CheckpointStore, newestSeq: number): Promise<void> {
  const [old] = await store.page(newestSeq - KEPT - 1, 1);
  if (old?.seq === newestSeq - KEPT) await store.discardLeaves(old.leaves);
}
