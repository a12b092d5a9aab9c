/** From looking to buying, step by step, and what customers say and send back. */
import type { Cells } from "../../models/live/live.contract";
import { Link } from "../app/router";
import { countOf, percentOf } from "../parts/format";
import { Badge, Panel } from "../parts/pieces";
import { Stars } from "../parts/stars";
import { t, told } from "../words/words";
import { funnelIn, numberOf, ratingIn, type FunnelBar } from "./board";
import { dayStart } from "./sales";

interface CellsProps {
  readonly cells: Cells;
}

function Step({ step, count, share, most }: FunnelBar & { readonly most: number }) {
  return (
    <li>
      <span>
        {t(`funnel.${step}`)}
        {share !== null && <small class="soft">{t("funnel.share", { percent: percentOf(share, 1) })}</small>}
      </span>
      <progress max={Math.max(1, most)} value={count} aria-label={t(`funnel.${step}`)} />
      <strong>{countOf(count)}</strong>
    </li>
  );
}

export function Funnel({ cells }: CellsProps) {
  const bars = funnelIn(cells, dayStart(Date.now()));
  const most = Math.max(...bars.map(({ count }) => count));
  return (
    <Panel title={t("today.funnel")}>
      <ol class="bars funnel">
        {bars.map((bar) => (
          <Step key={bar.step} {...bar} most={most} />
        ))}
      </ol>
    </Panel>
  );
}

export function Rating({ cells }: CellsProps) {
  const { reviews, average, unanswered } = ratingIn(cells);
  return (
    <Panel title={t("today.rating")} aside={<Link to="/seller/reviews">{t("overview.all")}</Link>}>
      <p>
        {average === null ? <span class="soft">{t("review.noneYet")}</span> : <Stars rating={average} />}{" "}
        {average !== null && t("review.count", { n: reviews })}
      </p>
      {unanswered > 0 && <Badge tone="warn">{t("today.unanswered", { n: unanswered })}</Badge>}
    </Panel>
  );
}

export function Returned({ cells }: CellsProps) {
  const rows = Object.entries(cells).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <Panel title={t("today.returns")} aside={<Link to="/seller/returns">{t("overview.all")}</Link>}>
      <ul>
        {rows.length === 0 && <li class="soft">{t("today.noReturns")}</li>}
        {rows.map(([status, cell]) => (
          <li key={status} class="order-row">
            <span>{told(`return.is.${status}`) ?? status}</span>
            <small class="soft">{t("today.returned", { n: numberOf(cell, "units") })}</small>
            <strong class="numbers">{countOf(numberOf(cell, "returns"))}</strong>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
