/** What waits for a second person: what is asked for, by whom, and yes or no. */
import { useState } from "preact/hooks";
import type { ApprovalGlance, ApprovalStatus } from "../../models/approval/approval.contract";
import { ask } from "../client/ask";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice } from "../parts/fields";
import { agoOf } from "../parts/format";
import { Badge, Empty, Panel, Title, type Tone } from "../parts/pieces";
import { Verdict } from "../parts/verdict";
import { t, told } from "../words/words";

const STATUSES = ["requested", "approved", "done", "refused", "rejected", "withdrawn", "expired"] as const;

const tones: Readonly<Record<ApprovalStatus, Tone>> = {
  requested: "warn",
  approved: "info",
  done: "good",
  refused: "bad",
  rejected: "bad",
  withdrawn: "plain",
  expired: "plain",
};

function Params({ id }: { readonly id: string }) {
  const answer = useAsk("approval.get", { id });
  return (
    <Answered answer={answer}>{({ params }) => <pre tabIndex={0}>{JSON.stringify(params, null, 2)}</pre>}</Answered>
  );
}

function Approval({ approval, again }: { readonly approval: ApprovalGlance; readonly again: () => void }) {
  const [open, setOpen] = useState(false);
  const { id, action, status, requestedBy, requestedAt, decidedBy, reason } = approval;
  return (
    <Panel
      title={told(`asked.${action}`) ?? action}
      aside={<Badge tone={tones[status]}>{t(`approval.${status}`)}</Badge>}
    >
      <p class="soft">
        {t("approvals.asked", { by: requestedBy, ago: agoOf(requestedAt) })}
        {decidedBy !== null && ` · ${t("approvals.decided", { by: decidedBy })}`}
        {reason !== null && ` · ${reason}`}
      </p>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t("approvals.what")}</summary>
        {open && <Params id={id} />}
      </details>
      {status === "requested" && (
        <Verdict
          yes={t("approvals.approve")}
          approve={() => ask("approval.approve", { id })}
          reject={(why) => ask("approval.reject", { id, reason: why })}
          done={again}
        />
      )}
    </Panel>
  );
}

export function ApprovalsPage() {
  const [status, setStatus] = useState<string>("requested");
  const chosen = STATUSES.find((one) => one === status);
  const answer = useAsk("approval.list", { limit: 50, ...(chosen !== undefined && { status: chosen }) });
  const options = ["", ...STATUSES].map((value) => ({
    value,
    text: value === "" ? t("approvals.any") : t(`approval.${value as ApprovalStatus}`),
  }));
  return (
    <>
      <Title aside={<Choice quiet label={t("approvals.status")} value={status} options={options} change={setStatus} />}>
        {t("approvals.title")}
      </Title>
      <p class="lead">{t("approvals.lead")}</p>
      <Answered answer={answer}>
        {({ items }) => (
          <>
            {items.length === 0 && <Empty icon="check" title={t("approvals.none")} />}
            {items.map((approval) => (
              <Approval key={approval.id} approval={approval} again={answer.again} />
            ))}
          </>
        )}
      </Answered>
    </>
  );
}
