/** What the mall may do with a seller that was let in: suspend it, let it sell again, close it. */
import { useState } from "preact/hooks";
import type { SellerProfile } from "../../models/seller/seller.contract";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Button, Fault } from "../parts/pieces";
import { t } from "../words/words";

const REASON_MAX = 500;

interface DeedsProps {
  readonly seller: SellerProfile;
  readonly again: () => void;
}

/** Whoever is suspended or closed is told why. */
export function SellerDeeds({ seller: { id, name, status }, again }: DeedsProps) {
  const [typed, setTyped] = useState("");
  const { busy, fault, run } = useDoing();
  const reason = typed.trim();
  const act = (work: () => Promise<unknown>) => (): void => void run(work).then((ok) => ok && again());
  if (status !== "active" && status !== "suspended") return null;
  return (
    <details>
      <summary>{t("deeds.open")}</summary>
      <div class="edit">
        <input
          aria-label={t("deeds.reason", { name })}
          placeholder={t("approvals.reason")}
          maxLength={REASON_MAX}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        {status === "active" ? (
          <Button small busy={busy} disabled={reason === ""} onClick={act(() => ask("seller.suspend", { id, reason }))}>
            {t("deeds.suspend")}
          </Button>
        ) : (
          <Button small busy={busy} onClick={act(() => ask("seller.reinstate", { id }))}>
            {t("deeds.reinstate")}
          </Button>
        )}
        <Button
          small
          kind="bad"
          busy={busy}
          disabled={reason === ""}
          onClick={act(() => ask("seller.close", { id, reason }))}
        >
          {t("deeds.close")}
        </Button>
      </div>
      <Fault fault={fault} />
    </details>
  );
}
