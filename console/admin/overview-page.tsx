/** The mall at a glance. Each figure is asked for by itself, so that one that fails hides no other. */
import type { Trial } from "../../models/ledger/ledger.contract";
import { Link } from "../app/router";
import { useAsk } from "../client/use";
import { countOf } from "../parts/format";
import { OrderTable } from "../parts/order-table";
import { Answered } from "../parts/answered";
import { Figure, Notice, Panel, Title, type Tone } from "../parts/pieces";
import { t } from "../words/words";

/** A number that is not known yet, or that one may not see, is a dash. */
const counted = (answer: { readonly data: { readonly total: number } | null }): string =>
  answer.data === null ? "–" : countOf(answer.data.total);

const toneOf = (count: number | undefined, tone: Tone): Tone => (count === undefined || count === 0 ? "plain" : tone);

function Approvals() {
  const { data } = useAsk("approval.list", { status: "requested", limit: 50 });
  const waiting = data?.items.length;
  return (
    <Figure
      label={t("overview.approvals")}
      value={<Link to="/admin/approvals">{waiting === undefined ? "–" : countOf(waiting)}</Link>}
      tone={toneOf(waiting, "warn")}
    />
  );
}

function Figures() {
  const products = useAsk("product.search", { sort: "newest", limit: 1 });
  const orders = useAsk("order.search", { limit: 1 });
  const stuck = useAsk("order.search", { limit: 1, stuck: true });
  const sellers = useAsk("seller.list", { limit: 1 });
  return (
    <dl class="figures">
      <Figure label={t("overview.products")} value={counted(products)} />
      <Figure label={t("overview.orders")} value={<Link to="/admin/orders">{counted(orders)}</Link>} />
      <Figure label={t("overview.stuck")} value={counted(stuck)} tone={toneOf(stuck.data?.total, "bad")} />
      <Figure label={t("overview.sellers")} value={<Link to="/admin/sellers">{counted(sellers)}</Link>} />
      <Approvals />
    </dl>
  );
}

const Balance = ({ trial }: { readonly trial: Trial }) => (
  <>
    <Notice tone={trial.balanced ? "good" : "bad"}>
      {trial.balanced ? t("overview.balanced") : t("overview.unbalanced")}
    </Notice>
    <ul>
      {trial.currencies.map(({ currency, entries, books }) => (
        <li key={currency}>
          <strong>{currency}</strong> {t("overview.entries", { n: entries, books })}
        </li>
      ))}
    </ul>
  </>
);

export function OverviewPage() {
  const latest = useAsk("order.search", { limit: 8 });
  const trial = useAsk("ledger.trial", {});
  return (
    <>
      <Title>{t("overview.title")}</Title>
      <Figures />
      <Panel title={t("overview.latest")} aside={<Link to="/admin/orders">{t("overview.all")}</Link>}>
        <Answered answer={latest}>
          {({ items }) => (
            <OrderTable orders={items} link={({ id, number }) => <Link to={`/admin/orders/${id}`}>{number}</Link>} />
          )}
        </Answered>
      </Panel>
      <Panel title={t("overview.books")}>
        <Answered answer={trial}>{(found) => <Balance trial={found} />}</Answered>
      </Panel>
    </>
  );
}
