/** A review as everybody reads it, with the seller's answer beneath it. */
import type { ComponentChildren } from "preact";
import type { ShownReview } from "../../models/review/review.view.contract";
import { t } from "../words/words";
import { dayOf } from "./format";
import { Badge } from "./pieces";
import { Stars } from "./stars";

interface ReviewProps {
  readonly review: ShownReview;
  /** What can be done with it. */
  readonly children?: ComponentChildren;
}

export const Review = ({ review, children }: ReviewProps) => (
  <li class="review">
    <p>
      <Stars rating={review.rating} /> <strong dir="auto">{review.title ?? ""}</strong>
    </p>
    <p dir="auto" lang={review.language}>
      {review.text ?? t("sold.erased")}
    </p>
    <p class="soft">
      {dayOf(review.writtenAt)} · {t("review.verified")}{" "}
      {review.aspects.map(({ aspect, tone }) => (
        <Badge key={aspect} tone={tone === "praise" ? "good" : tone === "complaint" ? "bad" : "plain"}>
          {aspect}
        </Badge>
      ))}
    </p>
    {review.answer !== null && (
      <blockquote>
        <p class="soft">{t("review.answered", { day: dayOf(review.answer.at) })}</p>
        <p dir="auto">{review.answer.text}</p>
      </blockquote>
    )}
    {children}
  </li>
);
