/** Reviews that wait for a person: why they wait, what the model saw in them, and the decision with its reason. */
import { useState } from "preact/hooks";
import type { ReviewView } from "../../models/review/review.view.contract";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Field, Form } from "../parts/fields";
import { agoOf } from "../parts/format";
import { Badge, Button, Empty, Fault, Title } from "../parts/pieces";
import { Review } from "../parts/review";
import { t, told } from "../words/words";

const LIMIT = 30;

/** Whatever is decided is told to who wrote it, with its reason. */
function Decide({ id, again }: { readonly id: string; readonly again: () => void }) {
  const [note, setNote] = useState("");
  const { busy, fault, run } = useDoing();
  const decide = (verdict: "publish" | "reject"): void =>
    void run(() => ask("review.decide", { id, verdict, note: note.trim() })).then((ok) => ok && again());
  const silent = note.trim() === "";
  return (
    <Form send={() => decide("publish")} label={t("moderation.decide")}>
      <div class="coupon">
        <Field label={t("approvals.reason")} value={note} change={setNote} max={500} hint={t("moderation.told")} />
        <Button kind="main" type="submit" busy={busy} disabled={silent}>
          {t("moderation.publish")}
        </Button>
        <Button kind="bad" busy={busy} disabled={silent} onClick={() => decide("reject")}>
          {t("approvals.reject")}
        </Button>
      </div>
      <Fault fault={fault} />
    </Form>
  );
}

function Waiting({ review, again }: { readonly review: ReviewView; readonly again: () => void }) {
  const { waitingFor, waitingSince, judgement, reports, appeal, productId } = review;
  return (
    <Review review={review}>
      <p>
        <Badge tone="warn">{told(`moderation.for.${waitingFor ?? "held"}`) ?? waitingFor}</Badge>{" "}
        {waitingSince !== null && <small class="soft">{agoOf(waitingSince)}</small>}{" "}
        <Link to={`/product/${productId}`}>{t("order.title.product")}</Link>
      </p>
      {judgement.because.length > 0 && <p>{t("moderation.because", { words: judgement.because.join(", ") })}</p>}
      {reports.length > 0 && <p>{t("moderation.reports", { n: reports.length })}</p>}
      {appeal?.text && <blockquote dir="auto">{appeal.text}</blockquote>}
      <Decide id={review.id} again={again} />
    </Review>
  );
}

export function ModerationPage() {
  const answer = useAsk("review.queue", { limit: LIMIT });
  return (
    <>
      <Title>{t("admin.moderation")}</Title>
      <p class="lead">{t("moderation.lead")}</p>
      <Answered answer={answer} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="check" title={t("moderation.none")} />
          ) : (
            <ul>
              {items.map((review) => (
                <Waiting key={review.id} review={review} again={answer.again} />
              ))}
            </ul>
          )
        }
      </Answered>
    </>
  );
}
