/** Proves a history on demand: its chain of hashes, and that a signed checkpoint vouches for it. */
import { useState } from "preact/hooks";
import type { HistoryProof } from "../../models/kernel/history.results";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { momentOf } from "../parts/format";
import { Button, Fault, InEnglish, Notice, Panel } from "../parts/pieces";
import { t } from "../words/words";
import type { Thing } from "./history";

const ROWS = 2_000;

function Proved({ proof }: { readonly proof: HistoryProof }) {
  const { ok, rows, inclusion, findings } = proof;
  const text = ok ? t("proof.ok", { n: rows }) : t("proof.broken");
  const seen =
    inclusion === null
      ? t("proof.unseen")
      : t("proof.seen", { seq: inclusion.checkpoint.seq, when: momentOf(inclusion.checkpoint.takenAt) });
  return (
    <Notice tone={ok ? "good" : "bad"}>
      <div>
        <p>
          <strong>{text}</strong> {seen}
        </p>
        {findings.map((one) => (
          <p key={one.text}>
            <InEnglish>{one.text}</InEnglish>
          </p>
        ))}
      </div>
    </Notice>
  );
}

export function Proof({ thing }: { readonly thing: Thing }) {
  const [proof, setProof] = useState<HistoryProof | null>(null);
  const { busy, fault, run } = useDoing();
  const prove = (): void =>
    void run(async () => setProof(await ask("history.verify", { ...thing, after: 0, limit: ROWS })));
  return (
    <Panel title={t("proof.title")}>
      <p class="soft">{t("proof.text")}</p>
      <Fault fault={fault} />
      {proof !== null && <Proved proof={proof} />}
      <div class="actions">
        <Button icon="shield" busy={busy} onClick={prove}>
          {t("proof.prove")}
        </Button>
      </div>
    </Panel>
  );
}
