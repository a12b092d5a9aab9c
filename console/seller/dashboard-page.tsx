/** Today, as it happens: what was sold, what waits, what runs out, what is owed. */
import { useEffect, useMemo } from "preact/hooks";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { useLive, type Board } from "../client/live";
import { useAsk } from "../client/use";
import { countOf, percentOf, priceOf } from "../parts/format";
import { Figure, Panel } from "../parts/pieces";
import { TimeChart } from "../parts/time-chart";
import { useChannel } from "../shop/use-channel";
import { t } from "../words/words";
import { numberOf } from "./board";
import { Desk } from "./desk";
import { OnlyPushed } from "./only-pushed";
import { Payable } from "./payable";
import { RunningOutLive } from "./pushed";
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

/** Waiting for a parcel, for the rest of it, or for a hand. */
const WAITS = ["part-shipped", "stuck"] as const;

function Waiting({ sellerId, currency, board }: RestProps) {
  const { data } = useAsk("order.ofSeller", { sellerId, status: "placed", limit: 1 });
  const pushed = board.waiting?.cells;
  const of = (state: string): number => numberOf(pushed?.[`${state}|${currency}`], "orders");
  const waiting = pushed ? of("placed") : (data?.total ?? 0);
  const others = WAITS.filter((state) => of(state) > 0).map((state) => `${t(`today.${state}`)}: ${countOf(of(state))}`);
  return (
    <Figure
      label={t("today.waiting")}
      value={<Link to="/seller/orders">{countOf(waiting)}</Link>}
      note={others.length === 0 ? undefined : others.join(", ")}
      tone={waiting > 0 ? "warn" : "good"}
    />
  );
}

function SoldOut({ sellerId }: { readonly sellerId: string }) {
  const { data: stock } = useAsk("offer.stock", { sellerId });
  if (stock === null) return null;
  return (
    <Figure
      label={t("today.soldOut")}
      value={<Link to="/seller/stock">{countOf(stock.soldOut)}</Link>}
      note={t("today.offers", { n: stock.offers })}
      tone={stock.soldOut > 0 ? "bad" : "good"}
    />
  );
}

function Today({ sellerId, board }: { readonly sellerId: string; readonly board: Board }) {
  const { currency } = useChannel();
  const sales = useSales(sellerId, board, currency);
  const rest = { sellerId, currency, board };
  return (
    <>
      <dl class="figures">
        <Sold sales={sales} currency={currency} />
        <Waiting {...rest} />
        <SoldOut sellerId={sellerId} />
        <Payable {...rest} />
      </dl>
      <Course sales={sales} currency={currency} />
      <div class="columns">
        <ToSend sellerId={sellerId} changed={board.waiting?.number ?? 0} />
        {board.stock ? <RunningOutLive cells={board.stock.cells} /> : <RunningOut sellerId={sellerId} />}
      </div>
      <OnlyPushed board={board} currency={currency} />
    </>
  );
}

/** Whoever looks at the desk has the mall look for what should lie on it. */
const LOOK_MS = 60_000;

function useLooked(sellerId: string): void {
  useEffect(() => {
    // what is found comes as it is pushed; a mall that cannot say it now is asked again
    const look = (): void => void ask("desk.look", { sellerId }).catch(() => undefined);
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [sellerId]);
}

function liveWords(connected: boolean | null): string {
  if (connected === null) return t("today.becomingLive");
  return connected ? t("today.live") : t("today.notLive");
}

function Followed({ sellerId }: { readonly sellerId: string }) {
  const { connected, board } = useLive("/seller", "seller", sellerId);
  useLooked(sellerId);
  return (
    <>
      <p class={connected === true ? "live-dot on" : "live-dot"} role="status">
        {liveWords(connected)}
      </p>
      <Today sellerId={sellerId} board={board} />
    </>
  );
}

export const DashboardPage = () => (
  <Desk title={t("seller.dashboard")}>{(sellerId) => <Followed sellerId={sellerId} />}</Desk>
);
