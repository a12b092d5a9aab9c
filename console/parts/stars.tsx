/** Stars as they were given, and to be given: five radio buttons that look like stars. */
import { useId } from "preact/hooks";
import { t } from "../words/words";
import { countOf } from "./format";

const FIVE = [1, 2, 3, 4, 5] as const;
const STAR = "M12 3.2l2.7 5.6 6.1.8-4.5 4.3 1.1 6.1L12 17.1 6.6 20l1.1-6.1L3.2 9.6l6.1-.8z";

const Star = ({ full }: { readonly full: boolean }) => (
  <svg class={full ? "star full" : "star"} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={STAR} />
  </svg>
);

/** @param rating 1 to 5; an average is rounded for the eye and told exactly */
export const Stars = ({ rating }: { readonly rating: number }) => (
  <span class="stars" role="img" aria-label={t("review.stars", { rating: countOf(Math.round(rating * 10) / 10) })}>
    {FIVE.map((one) => (
      <Star key={one} full={one <= Math.round(rating)} />
    ))}
  </span>
);

interface GiveProps {
  readonly value: number;
  readonly change: (rating: number) => void;
}

export function GiveStars({ value, change }: GiveProps) {
  const name = useId();
  return (
    <fieldset class="stars give">
      <legend>{t("review.rating")}</legend>
      {FIVE.map((one) => (
        <label key={one}>
          <input type="radio" name={name} checked={one === value} onChange={() => change(one)} />
          <Star full={one <= value} />
          <span class="hidden">{t("review.stars", { rating: one })}</span>
        </label>
      ))}
    </fieldset>
  );
}
