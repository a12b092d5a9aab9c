/** What only a live board knows; before it is there, the page does without. */
import type { Board } from "../client/live";
import { Funnel, Rating, Returned } from "./funnel";
import { Alerts, Best, Suggestions } from "./pushed";

interface PushedProps {
  readonly board: Board;
  readonly currency: string;
}

export function OnlyPushed({ board, currency }: PushedProps) {
  const { alerts, suggestions, products, funnel, reviews, returns } = board;
  return (
    <>
      <div class="columns">
        {alerts && <Alerts cells={alerts.cells} />}
        {suggestions && <Suggestions cells={suggestions.cells} />}
      </div>
      <div class="columns">
        {funnel && <Funnel cells={funnel.cells} />}
        {products && <Best cells={products.cells} currency={currency} />}
      </div>
      <div class="columns">
        {reviews && <Rating cells={reviews.cells} />}
        {returns && <Returned cells={returns.cells} />}
      </div>
    </>
  );
}
