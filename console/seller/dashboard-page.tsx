/** Today, as it happens: what was sold, what waits, what runs out, what is owed. */
import { useMemo } from "preact/hooks";
import { Link } from "../app/router";
import { useLive, type Board } from "../client/live";
import { useAsk } from "../client/use";
import { countOf, dayOf, percentOf, priceOf } from "../parts/format";
import { Figure, Panel } from "../parts/pieces";
import { TimeChart } from "../parts/time-chart";
import { useChannel } from "../shop/use-channel";
import { t } from "../words/words";
import { Desk } from "./desk";
import { courseOf, DAY_MS, dayStart, salesIn, salesOf, sumOf, type Sale } from "./sales";
import { RunningOut, ToSend } from "./today-lists";

const ORDERS_MAX = 100;

/** What is pushed where something is, else what was asked for when the page was opened. */
function useSales(sellerId: string, board: Board, currency: string): readonly Sale[] {
  const from = useMemo(() => new Date(dayStart(Date.now()) - DAY_MS).toISOString(), []);
  const { data } = useAsk("order.ofSeller", { sellerId, from, limit: ORDERS_MAX });
  const pushed = board.sales?.cells;
  return useMemo(
    () => (pushed ? salesIn(pushed, currency) : salesOf(data?.items ?? [], currency)),
    [pushed, data, currency],
  );
}

interface TodayProps {
  readonly sales: readonly Sale[];
  readonly currency: string;
}

function Course({ sales, currency }: TodayProps) {
  const course = useMemo(() => courseOf(sales, Date.now()), [sales]);
  const lines = useMemo(
    () => [
      { name: t("today.yesterday"), colour: "--edge", values: course.yesterday },
      { name: t("today.today"), colour: "--accent", values: course.today, filled: true },
    ],
    [course],
  );
  const write = (minor: number): string => priceOf(minor, currency);
  const now = Date.now();
  const start = dayStart(now);
  const said = t("today.course", {
    today: write(sumOf(sales, start, now + 1).totalMinor),
    yesterday: write(sumOf(sales, start - DAY_MS, start).totalMinor),
  });
  return (
    <Panel title={t("today.sales")}>
      <TimeChart label={said} times={course.times} lines={lines} write={write} />
      <p class="soft">{said}</p>
    </Panel>
  );
}

/** Against yesterday up to this very moment. */
function compared(today: number, before: number): string {
  if (before === 0) return t("today.nothingBefore");
  const share = today / before - 1;
  return t("today.against", { percent: `${share > 0 ? "+" : ""}${percentOf(share)}` });
}

function Sold({ sales, currency }: TodayProps) {
  const now = Date.now();
  const start = dayStart(now);
  const today = sumOf(sales, start, now + 1);
  const before = sumOf(sales, start - DAY_MS, now - DAY_MS);
  return (
    <>
      <Figure
        label={t("today.sold")}
        value={priceOf(today.totalMinor, currency)}
        note={compared(today.totalMinor, before.totalMinor)}
      />
      <Figure label={t("today.orders")} value={countOf(today.orders)} note={t("orders.units", { n: today.units })} />
    </>
  );
}

interface RestProps {
  readonly sellerId: string;
  readonly currency: string;
  readonly board: Board;
}

function Waiting({ sellerId, currency, board }: RestProps) {
  const { data } = useAsk("order.ofSeller", { sellerId, status: "placed", limit: 1 });
  const pushed = board.waiting?.cells;
  const waiting = pushed ? Number(pushed[`placed|${currency}`]?.["orders"] ?? 0) : (data?.total ?? 0);
  return (
    <Figure
      label={t("today.waiting")}
      value={<Link to="/seller/orders">{countOf(waiting)}</Link>}
      tone={waiting > 0 ? "warn" : "good"}
    />
  );
}

function StockAndMoney({ sellerId, currency }: Omit<RestProps, "board">) {
  const { data: stock } = useAsk("offer.stock", { sellerId });
  const { data: book } = useAsk("ledger.get", { sellerId, currency });
  return (
    <>
      {stock !== null && (
        <Figure
          label={t("today.soldOut")}
          value={<Link to="/seller/stock">{countOf(stock.soldOut)}</Link>}
          note={t("today.offers", { n: stock.offers })}
          tone={stock.soldOut > 0 ? "bad" : "good"}
        />
      )}
      {book !== null && (
        <Figure
          label={t("money.payable")}
          value={priceOf(book.payableMinor, currency)}
          note={book.nextPayoutAt === null ? undefined : t("money.next", { day: dayOf(book.nextPayoutAt) })}
        />
      )}
    </>
  );
}

function Today({ sellerId, board }: { readonly sellerId: string; readonly board: Board }) {
  const { currency } = useChannel();
  const sales = useSales(sellerId, board, currency);
  return (
    <>
      <dl class="figures">
        <Sold sales={sales} currency={currency} />
        <Waiting sellerId={sellerId} currency={currency} board={board} />
        <StockAndMoney sellerId={sellerId} currency={currency} />
      </dl>
      <Course sales={sales} currency={currency} />
      <div class="columns">
        <ToSend sellerId={sellerId} />
        <RunningOut sellerId={sellerId} />
      </div>
    </>
  );
}

function Followed({ sellerId }: { readonly sellerId: string }) {
  const { connected, board } = useLive("/seller", "seller", sellerId);
  return (
    <>
      <p class={connected ? "live-dot on" : "live-dot"} role="status">
        {connected ? t("today.live") : t("today.notLive")}
      </p>
      <Today sellerId={sellerId} board={board} />
    </>
  );
}

export const DashboardPage = () => (
  <Desk title={t("seller.dashboard")}>{(sellerId) => <Followed sellerId={sellerId} />}</Desk>
);
