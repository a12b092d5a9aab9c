/** Proves a thing's history: its chain, its head in the newest signed checkpoint, and that checkpoint's signature. */
import { proveChain } from "../../models/kernel/chain";
import { checkpointHash, type CheckpointStore } from "../../models/kernel/checkpoint";
import { createInclusions, isIncluded } from "../../models/kernel/inclusion";
import type { VerifyHistory } from "../../models/kernel/history.contract";
import type { HistoryProof, SignedInclusion } from "../../models/kernel/history.results";
import { isSigned } from "../../models/kernel/signer";
import { describeFinding, type CheckpointFinding } from "../../models/kernel/verify";
import { noHistory, type Looked } from "./looking";

export interface ProofDeps {
  readonly checkpoints: CheckpointStore;
  /** PEM of the key that signs checkpoints. */
  readonly publicKey: string;
}

export type Prove = (source: Looked["source"], ask: VerifyHistory) => Promise<HistoryProof>;

function faultsOf({ checkpoint, publicKey, ...inclusion }: SignedInclusion): CheckpointFinding[] {
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
  async function vouching(ask: VerifyHistory): Promise<SignedInclusion | null> {
    const checkpoint = await checkpoints.latest();
    const inclusion = checkpoint && (await find(checkpoint, ask));
    return inclusion && { ...inclusion, checkpoint, publicKey };
  }
  return async (source, ask) => {
    const inclusion = await vouching(ask);
    const { last, ...chain } = await proveChain({ ...ask, source, seen: inclusion?.leaf ?? null });
    if (!last && !inclusion) return noHistory(ask);
    const found = [...chain.findings, ...(inclusion ? faultsOf(inclusion) : [])];
    return {
      ok: found.length === 0,
      rows: chain.rows,
      head: last && { version: last.version, hash: last.hash },
      findings: found.map((finding) => ({ kind: finding.kind, text: describeFinding(finding) })),
      inclusion,
      next: chain.next,
    };
  };
}
