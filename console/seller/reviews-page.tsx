/** What customers say of what one sold, and one's answers. */
import { useState } from "preact/hooks";
import type { ShownReview } from "../../models/review/review.view.contract";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Area, Form } from "../parts/fields";
import { Button, Empty, Fault } from "../parts/pieces";
import { Review } from "../parts/review";
import { t } from "../words/words";
import { Desk } from "./desk";

function Answer({ review, again }: { readonly review: ShownReview; readonly again: () => void }) {
  const [text, setText] = useState(review.answer?.text ?? "");
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(() => ask("review.answer", { id: review.id, text: text.trim() })).then((ok) => ok && again());
  return (
    <details>
      <summary>{review.answer === null ? t("review.answer") : t("review.answerAnew")}</summary>
      <Form send={send} label={t("review.answer")}>
        <div class="stack">
          <Area label={t("review.answer")} value={text} change={setText} max={2_000} />
          <Fault fault={fault} />
          <div class="actions">
            <Button kind="main" type="submit" busy={busy} disabled={text.trim() === ""}>
              {t("review.answer.send")}
            </Button>
          </div>
        </div>
      </Form>
      <Link to={`/product/${review.productId}`}>{t("order.title.product")}</Link>
    </details>
  );
}

function Reviews({ sellerId }: { readonly sellerId: string }) {
  const answer = useAsk("review.ofSeller", { sellerId, limit: 50 });
  return (
    <Answered answer={answer} lines={6}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="spark" title={t("review.noneYet")} />
        ) : (
          <ul>
            {items.map((review) => (
              <Review key={review.id} review={review}>
                <Answer key={review.answer?.at ?? "new"} review={review} again={answer.again} />
              </Review>
            ))}
          </ul>
        )
      }
    </Answered>
  );
}

export const SellerReviewsPage = () => (
  <Desk title={t("seller.reviews")}>{(sellerId) => <Reviews sellerId={sellerId} />}</Desk>
);
