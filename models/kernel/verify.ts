/**
 * Proves the histories: every row against the one before it, every head against the newest checkpoint, every
 * checkpoint against the one before it, its signature, and copies that were kept elsewhere. Finds a changed byte, a
 * row that was cut off, a tail that was rewritten with all its hashes; says so in sentences.
 */
import { audit, type RowFinding, type RowSource } from "./audit";
import { checkpointHash, headsOf, watched, type Checkpoint, type CheckpointStore } from "./checkpoint";
import { createMerkle } from "./merkle";
import { isSigned } from "./signer";

export interface CheckpointFinding {
  readonly kind:
    "checkpoint-changed" | "checkpoint-missing" | "checkpoint-unsigned" | "checkpoint-replaced" | "heads-changed";
  readonly seq: number;
}

export type Finding = RowFinding | CheckpointFinding;

export interface Verification {
  /** The first findings, at most a thousand. */
  readonly findings: readonly Finding[];
  readonly histories: number;
  /** Against which checkpoint the heads were held; null when there is none yet. */
  readonly checkpoint: Checkpoint | null;
}

export interface VerifyWork {
  readonly sources: readonly RowSource[];
  readonly store: CheckpointStore;
  /** Public keys (PEM) whose signatures count. */
  readonly trusted: readonly string[];
  /** Checkpoints that were kept elsewhere. */
  readonly copies?: readonly Checkpoint[];
}

/** More are not told. */
export const FINDINGS_MAX = 1_000;
const PAGE = 200;

export async function verify(work: VerifyWork): Promise<Verification> {
  const findings: Finding[] = [];
  const add = (finding: Finding): void => {
    if (findings.length < FINDINGS_MAX) findings.push(finding);
  };
  const checkpoint = await verifyCheckpoints(work, add);
  const tree = createMerkle();
  let histories = 0;
  await audit({
    sources: work.sources,
    heads: watched(headsOf(work.store, checkpoint), tree),
    chains: true,
    onHead: () => {
      histories++;
    },
    onFinding: add,
  });
  if (checkpoint && tree.root() !== checkpoint.root) add({ kind: "heads-changed", seq: checkpoint.seq });
  return { findings, histories, checkpoint };
}

/** The newest checkpoint. */
async function verifyCheckpoints(work: VerifyWork, add: (finding: Finding) => void): Promise<Checkpoint | null> {
  const copies = new Map(work.copies?.map((copy) => [copy.seq, copy.hash]));
  let last: Checkpoint | null = null;
  for await (const checkpoint of checkpointsOf(work.store)) {
    const { seq, hash } = checkpoint;
    for (const kind of faultsOf(checkpoint, last, work.trusted)) add({ kind, seq });
    if ((copies.get(seq) ?? hash) !== hash) add({ kind: "checkpoint-replaced", seq });
    copies.delete(seq);
    last = checkpoint;
  }
  for (const seq of copies.keys()) add({ kind: "checkpoint-missing", seq });
  return last;
}

async function* checkpointsOf(store: CheckpointStore): AsyncGenerator<Checkpoint> {
  for (let after = 0; ;) {
    const page = await store.page(after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.seq;
  }
}

const START = { seq: 0, hash: "" };

function faultsOf(
  checkpoint: Checkpoint,
  last: Checkpoint | null,
  trusted: readonly string[],
): CheckpointFinding["kind"][] {
  const { seq, hash } = last ?? START;
  const gap = checkpoint.seq !== seq + 1;
  const faults: [CheckpointFinding["kind"], boolean][] = [
    ["checkpoint-missing", gap],
    ["checkpoint-replaced", !gap && checkpoint.previous !== hash],
    ["checkpoint-changed", checkpointHash(checkpoint) !== checkpoint.hash],
    ["checkpoint-unsigned", !isSigned(checkpoint.hash, checkpoint.signature, trusted)],
  ];
  return faults.flatMap(([kind, found]) => (found ? [kind] : []));
}

/** A finding for a person. */
export function describeFinding(finding: Finding): string {
  if ("seq" in finding) return describeCheckpoint(finding);
  const { aggregate, id, version } = finding;
  const row = `${aggregate}/${id}@${version}`;
  switch (finding.kind) {
    case "row-changed":
      return `${row} was changed, or the row before it: its hash does not follow from its content.`;
    case "version-missing":
      return `${row} has no row before it: a version was taken out of the middle.`;
    case "history-truncated":
      return `${row} is gone: the checkpoint saw it, and the history now ends earlier.`;
    case "tail-rewritten":
      return `${row} is another row than the one that the checkpoint saw: the history was rewritten.`;
    case "history-missing":
      return `${aggregate}/${id} is gone as a whole: the checkpoint saw it at version ${version}.`;
  }
}

function describeCheckpoint({ kind, seq }: CheckpointFinding): string {
  switch (kind) {
    case "checkpoint-changed":
      return `Checkpoint ${seq} was changed: its hash does not follow from its content.`;
    case "checkpoint-missing":
      return `Checkpoint ${seq} is missing, or the one before it.`;
    case "checkpoint-unsigned":
      return `Checkpoint ${seq} is not signed by a key that is trusted here.`;
    case "checkpoint-replaced":
      return `Checkpoint ${seq} is not the one that was made then: another one took its place.`;
    case "heads-changed":
      return `The heads kept with checkpoint ${seq} do not give its root: they were changed or lost.`;
  }
}
