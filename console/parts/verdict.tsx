/** Yes, or no with a reason: for whatever somebody asked for and somebody else decides. */
import { useState } from "preact/hooks";
import { useDoing } from "../client/use";
import { t } from "../words/words";
import { Field, Form } from "./fields";
import { Button, Fault } from "./pieces";

interface VerdictProps {
  /** What a yes does, in words. */
  readonly yes: string;
  readonly approve: () => Promise<unknown>;
  readonly reject: (reason: string) => Promise<unknown>;
  readonly done: () => void;
}

export function Verdict({ yes, approve, reject, done }: VerdictProps) {
  const [reason, setReason] = useState("");
  const { busy, fault, run } = useDoing();
  const decide = (work: () => Promise<unknown>): void => void run(work).then((ok) => ok && done());
  return (
    <>
      <Fault fault={fault} />
      <div class="filter-row">
        <Button kind="main" icon="check" busy={busy} onClick={() => decide(approve)}>
          {yes}
        </Button>
        <Form send={() => decide(() => reject(reason.trim()))} label={t("approvals.reject")}>
          <div class="coupon">
            <Field label={t("approvals.reason")} value={reason} change={setReason} max={500} />
            <Button type="submit" kind="bad" busy={busy} disabled={reason.trim() === ""}>
              {t("approvals.reject")}
            </Button>
          </div>
        </Form>
      </div>
    </>
  );
}
