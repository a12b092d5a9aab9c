/** Proves a thing's history: its chain, its head in the newest signed checkpoint, and that checkpoint's signature. */
import { proveChain } from "../../models/kernel/chain";
import { checkpointHash, type Checkpoint, type CheckpointStore } from "../../models/kernel/checkpoint";
import { createInclusions, isIncluded, type Inclusion } from "../../models/kernel/inclusion";
import type { VerifyHistory } from "../../models/kernel/history.contract";
import type { HistoryProof } from "../../models/kernel/history.results";
import { isSigned } from "../../models/kernel/signer";
import { describeFinding, type CheckpointFinding } from "../../models/kernel/verify";
import { noHistory, type Looked } from "./looking";

export interface ProofDeps {
  readonly checkpoints: CheckpointStore;
  /** PEM of the key that signs checkpoints. */
  readonly publicKey: string;
}

export type Prove = (source: Looked["source"], ask: VerifyHistory) => Promise<HistoryProof>;

function faultsOf(checkpoint: Checkpoint, inclusion: Inclusion, publicKey: string): CheckpointFinding[] {
  const { seq, hash, signature } = checkpoint;
  const faults: [CheckpointFinding["kind"], boolean][] = [
    ["heads-changed", !isIncluded(inclusion, checkpoint)],
    ["checkpoint-changed", checkpointHash(checkpoint) !== hash],
    ["checkpoint-unsigned", !isSigned(hash, signature, [publicKey])],
  ];
  return faults.flatMap(([kind, found]) => (found ? [{ kind, seq }] : []));
}

export function createProofs({ checkpoints, publicKey }: ProofDeps): Prove {
  const find = createInclusions(checkpoints);
  return async (source, ask) => {
    const { id, after, limit } = ask;
    const checkpoint = await checkpoints.latest();
    const inclusion = checkpoint && (await find(checkpoint, ask));
    const chain = await proveChain({ source, id, after, limit, seen: inclusion?.leaf ?? null });
    if (!chain.last && !inclusion) return noHistory(ask);
    const signed = inclusion && checkpoint ? { ...inclusion, checkpoint, publicKey } : null;
    const found = [...chain.findings, ...(signed ? faultsOf(signed.checkpoint, signed, publicKey) : [])];
    return {
      ok: found.length === 0,
      rows: chain.rows,
      head: chain.last && { version: chain.last.version, hash: chain.last.hash },
      findings: found.map((finding) => ({ kind: finding.kind, text: describeFinding(finding) })),
      inclusion: signed,
      next: chain.next,
    };
  };
}
