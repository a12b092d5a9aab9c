/** What the mall could not bring to an end by itself: what happened, what to do, and the note of what was done. */
import { useState } from "preact/hooks";
import type { ErrandKind, ErrandStatus, ErrandView } from "../../models/errand/errand.contract";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice, Field, Form } from "../parts/fields";
import { priceOf } from "../parts/format";
import { LeftLine } from "../parts/left-line";
import { Badge, Button, Empty, Fault, InEnglish, Panel, Title } from "../parts/pieces";
import { t, told } from "../words/words";

const STATUSES = ["open", "closed"] as const satisfies readonly ErrandStatus[];
const KINDS = ["checkout", "refund", "capture"] as const satisfies readonly ErrandKind[];

interface ErrandProps {
  readonly errand: ErrandView;
  readonly again: () => void;
}

function Close({ errand: { id }, again }: ErrandProps) {
  const [note, setNote] = useState("");
  const { busy, fault, run } = useDoing();
  const send = (): void => void run(() => ask("errand.close", { id, note: note.trim() })).then((ok) => ok && again());
  return (
    <Form send={send} label={t("errand.close")}>
      <div class="coupon">
        <Field label={t("errand.note")} value={note} change={setNote} max={500} />
        <Button kind="main" type="submit" busy={busy} disabled={note.trim() === ""}>
          {t("errand.close")}
        </Button>
      </div>
      <Fault fault={fault} />
    </Form>
  );
}

function Left({ errand, again }: ErrandProps) {
  const { id, kind, status, type, detail, amountMinor, currency } = errand;
  const tone = status === "open" ? "warn" : "good";
  return (
    <Panel
      title={`${t(`errand.${kind}`)} · ${priceOf(amountMinor, currency)}`}
      aside={<Badge tone={tone}>{t(`errand.${status}`)}</Badge>}
    >
      <p>
        <strong>{t(`errand.todo.${kind}`)}</strong>
      </p>
      <p>
        {told(`problem.${type}`) ?? type} <InEnglish>{detail}</InEnglish>
      </p>
      <LeftLine of={errand}>
        <Link to={`/admin/time/${kind === "checkout" ? "checkout" : "payment"}/${id}`}>{t("errand.about")}</Link>
      </LeftLine>
      {status === "open" && <Close errand={errand} again={again} />}
    </Panel>
  );
}

export function ErrandsPage() {
  const [status, setStatus] = useState<string>("open");
  const [kind, setKind] = useState<string>("");
  const wanted = {
    status: STATUSES.find((one) => one === status),
    kind: KINDS.find((one) => one === kind),
  };
  const answer = useAsk("errand.list", {
    limit: 50,
    ...(wanted.status !== undefined && { status: wanted.status }),
    ...(wanted.kind !== undefined && { kind: wanted.kind }),
  });
  const statuses = STATUSES.map((value) => ({ value, text: t(`errand.${value}`) }));
  const kinds = [
    { value: "", text: t("errand.any") },
    ...KINDS.map((value) => ({ value, text: t(`errand.${value}`) })),
  ];
  return (
    <>
      <Title
        aside={
          <>
            <Choice quiet label={t("errand.kind")} value={kind} options={kinds} change={setKind} />
            <Choice quiet label={t("approvals.status")} value={status} options={statuses} change={setStatus} />
          </>
        }
      >
        {t("admin.errands")}
      </Title>
      <p class="lead">{t("errand.lead")}</p>
      <Answered answer={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="check" title={t("errand.none")}>
              <Link class="button" to="/admin/orders">
                {t("admin.orders")}
              </Link>
            </Empty>
          ) : (
            <>
              {items.map((errand) => (
                <Left key={errand.id} errand={errand} again={answer.again} />
              ))}
            </>
          )
        }
      </Answered>
    </>
  );
}
