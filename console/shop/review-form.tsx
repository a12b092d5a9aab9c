/** What somebody says of a thing that they bought, and what became of it. */
import { useState } from "preact/hooks";
import type { OrderView } from "../../models/order/order.view.contract";
import type { ReviewStatus, ReviewView } from "../../models/review/review.view.contract";
import { language } from "../app/taste";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Area, Field, Form } from "../parts/fields";
import { lineName } from "../parts/order-parts";
import { Badge, Button, Fault, Panel, type Tone } from "../parts/pieces";
import { Review } from "../parts/review";
import { GiveStars } from "../parts/stars";
import { t } from "../words/words";
import { Appeal } from "./appeal";

const tones: Readonly<Record<ReviewStatus, Tone>> = {
  published: "good",
  held: "warn",
  rejected: "bad",
  withdrawn: "plain",
};

interface LineProps {
  readonly orderId: string;
  readonly line: OrderView["lines"][number];
  readonly done: () => void;
}

function Write({ orderId, line, done }: LineProps) {
  const [rating, setRating] = useState(0);
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const { busy, fault, run } = useDoing();
  const said = { rating, title: title.trim(), text: text.trim(), language: language.get() };
  const send = (): void =>
    void run(() => ask("review.write", { orderId, lineId: line.lineId, ...said })).then((ok) => ok && done());
  return (
    <details>
      <summary>{t("review.write", { title: lineName(line) })}</summary>
      <Form send={send} label={t("review.write", { title: lineName(line) })}>
        <div class="stack">
          <GiveStars value={rating} change={setRating} />
          <Field label={t("review.head")} value={title} change={setTitle} max={120} />
          <Area label={t("review.text")} value={text} change={setText} max={4_000} />
          <Fault fault={fault} />
          <Button kind="main" type="submit" busy={busy} disabled={rating === 0 || said.text === ""}>
            {t("review.send")}
          </Button>
        </div>
      </Form>
    </details>
  );
}

const APPEALABLE: readonly string[] = ["held", "rejected"];

const Mine = ({ review, again }: { readonly review: ReviewView; readonly again: () => void }) => (
  <ul>
    <Review review={review}>
      <p>
        <Badge tone={tones[review.status]}>{t(`review.${review.status}`)}</Badge>{" "}
        {review.status !== "published" && <small>{review.judgement.because.join(", ")}</small>}
      </p>
      {APPEALABLE.includes(review.status) && review.appeal === null && <Appeal id={review.id} done={again} />}
    </Review>
  </ul>
);

/** Nothing as long as nothing was sent. */
export function OwnReviews({ order }: { readonly order: OrderView }) {
  const sent = order.lines.filter(({ progress }) => progress.shipped > 0);
  const { data, again } = useAsk("review.mine", sent.length > 0 ? { limit: 50 } : null);
  if (sent.length === 0 || data === null) return null;
  const written = new Map(data.items.filter((one) => one.orderId === order.id).map((one) => [one.lineId, one]));
  return (
    <Panel title={t("review.yours")}>
      {sent.map((line) => {
        const review = written.get(line.lineId);
        return review ? (
          <Mine key={line.lineId} review={review} again={again} />
        ) : (
          <Write key={line.lineId} orderId={order.id} line={line} done={again} />
        );
      })}
    </Panel>
  );
}
