/** What the mall wrote to people: whether it went out, what it said, and sending it once more. */
import { useState } from "preact/hooks";
import type { MessageHit, MessageStatus } from "../../models/message/message.contract";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Dialog } from "../parts/dialog";
import { Choice } from "../parts/fields";
import { labelOf, momentOf } from "../parts/format";
import { Badge, Button, Empty, Fault, Title, type Tone } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { t } from "../words/words";

const STATUSES = ["queued", "sending", "sent", "failed"] as const satisfies readonly MessageStatus[];

const tones: Readonly<Record<MessageStatus, Tone>> = { queued: "warn", sending: "info", sent: "good", failed: "bad" };

interface LetterProps {
  readonly id: string;
  readonly close: () => void;
  readonly again: () => void;
}

function Letter({ id, close, again }: LetterProps) {
  const answer = useAsk("message.get", { id });
  const { busy, fault, run } = useDoing();
  const resend = (): void => void run(() => ask("message.resend", { id })).then((ok) => ok && again());
  const { data } = answer;
  return (
    <Dialog
      title={data?.subject ?? t("mail.letter")}
      close={close}
      actions={
        <Button busy={busy} disabled={data?.status !== "sent" && data?.status !== "failed"} onClick={resend}>
          {t("mail.resend")}
        </Button>
      }
    >
      <Answered answer={answer}>
        {(letter) => (
          <>
            <p class="soft">
              {letter.recipient ?? t("sold.erased")} · {momentOf(letter.queuedAt)}
            </p>
            <pre class="letter" dir="auto" tabIndex={0}>
              {letter.text ?? t("sold.erased")}
            </pre>
          </>
        )}
      </Answered>
      <Fault fault={fault} />
    </Dialog>
  );
}

const columns = (open: (id: string) => void): Column<MessageHit>[] => [
  { head: t("orders.when"), cell: ({ queuedAt }) => momentOf(queuedAt) },
  { head: t("mail.what"), cell: ({ template }) => labelOf(template.replaceAll(".", " ")) },
  {
    head: t("orders.state"),
    cell: ({ status, reason }) => (
      <>
        <Badge tone={tones[status]}>{t(`mail.${status}`)}</Badge>
        {reason !== null && <small>{reason}</small>}
      </>
    ),
  },
  { head: t("taste.language"), cell: ({ language }) => language },
  {
    head: t("mail.letter"),
    cell: ({ id, template, queuedAt }) => (
      <Button small label={`${t("mail.read")}: ${template}, ${momentOf(queuedAt)}`} onClick={() => open(id)}>
        {t("mail.read")}
      </Button>
    ),
    end: true,
  },
];

export function MailPage() {
  const [status, setStatus] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  const chosen = STATUSES.find((one) => one === status);
  const answer = useAsk("message.list", { limit: 50, ...(chosen !== undefined && { status: chosen }) });
  const options = [
    { value: "", text: t("approvals.any") },
    ...STATUSES.map((value) => ({ value, text: t(`mail.${value}`) })),
  ];
  return (
    <>
      <Title aside={<Choice quiet label={t("approvals.status")} value={status} options={options} change={setStatus} />}>
        {t("admin.mail")}
      </Title>
      <p class="lead">{t("mail.lead")}</p>
      <Answered answer={answer} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="list" title={t("mail.none")} />
          ) : (
            <Table label={t("admin.mail")} rows={items} columns={columns(setOpen)} keyOf={({ id }) => id} />
          )
        }
      </Answered>
      {open !== null && <Letter key={open} id={open} close={() => setOpen(null)} again={answer.again} />}
    </>
  );
}
