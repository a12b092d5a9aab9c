/** The lists of the live board, each as it is pushed: what to look at, what to do, what sells and what comes back. */
import type { ComponentChildren } from "preact";
import type { Cell, Cells } from "../../models/live/live.contract";
import { Link } from "../app/router";
import { agoOf, countOf, percentOf, priceOf } from "../parts/format";
import { Badge, Panel, type Tone } from "../parts/pieces";
import { ProductName } from "../parts/product-name";
import { t, told } from "../words/words";
import { alertsIn, bestIn, numberOf, runningOutIn, suggestionsIn, wordOf, type Entry } from "./board";

const SHOWN = 6;
const PRESSING_DAYS = 3;

interface ListProps {
  readonly title: string;
  /** What is said where there is nothing. */
  readonly none: string;
  readonly entries: readonly Entry[];
  readonly aside?: ComponentChildren;
  readonly row: (entry: Entry) => ComponentChildren;
}

const List = ({ title, none, entries, aside, row }: ListProps) => (
  <Panel title={title} aside={aside}>
    <ul>
      {entries.length === 0 && <li class="soft">{none}</li>}
      {entries.slice(0, SHOWN).map((entry) => (
        <li key={entry.key} class="order-row">
          {row(entry)}
        </li>
      ))}
    </ul>
  </Panel>
);

const TONES: Readonly<Record<string, Tone>> = { "stock-gone": "bad", "order-stuck": "bad", risk: "bad" };

function about(cell: Cell): ComponentChildren {
  const productId = wordOf(cell, "productId");
  if (productId !== "") return <ProductName id={productId} />;
  if (wordOf(cell, "kind") === "risk") return t("alert.yourself");
  return wordOf(cell, "kind") === "order-stuck" ? <Link to={`/seller/orders/${wordOf(cell, "id")}`}>→</Link> : null;
}

function noteOf(cell: Cell): string {
  const [kind, currency] = [wordOf(cell, "kind"), wordOf(cell, "currency")];
  const money = (name: string): string => priceOf(numberOf(cell, name), currency);
  if (kind === "price") return t("alert.priceNote", { best: money("bestMinor"), own: money("ownMinor") });
  if (kind !== "risk") return wordOf(cell, "reason");
  const share = (name: string): string => percentOf(numberOf(cell, name), 1);
  return t("alert.riskNote", { risk: share("risk"), usual: share("usual") });
}

const titleOf = (cell: Cell): string =>
  told(`alert.${wordOf(cell, "kind")}`, { label: wordOf(cell, "label") }) ?? wordOf(cell, "kind");

const Alert = ({ cell }: { readonly cell: Cell }) => (
  <>
    <div>
      <span>
        {titleOf(cell)} {about(cell)}
      </span>
      {noteOf(cell) !== "" && <small class="soft">{noteOf(cell)}</small>}
    </div>
    <Badge tone={TONES[wordOf(cell, "kind")] ?? "warn"}>{agoOf(wordOf(cell, "at"))}</Badge>
  </>
);

interface CellsProps {
  readonly cells: Cells;
}

export const Alerts = ({ cells }: CellsProps) => (
  <List
    title={t("today.alerts")}
    none={t("today.noAlerts")}
    entries={alertsIn(cells)}
    row={({ cell }) => <Alert cell={cell} />}
  />
);

const adviceOf = (cell: Cell): string =>
  wordOf(cell, "kind") === "restock" ? t("suggest.restock", { n: numberOf(cell, "units") }) : t("suggest.answer");

const Suggestion = ({ cell }: { readonly cell: Cell }) => (
  <div>
    <span>
      {adviceOf(cell)} <ProductName id={wordOf(cell, "productId")} />
    </span>
  </div>
);

export const Suggestions = ({ cells }: CellsProps) => (
  <List
    title={t("today.suggestions")}
    none={t("today.noSuggestions")}
    entries={suggestionsIn(cells)}
    row={({ cell }) => <Suggestion cell={cell} />}
  />
);

const left = (days: number): string =>
  days === 0 ? t("today.gone") : t("today.days", { n: Math.max(1, Math.floor(days)) });

const toneOf = (days: number): Tone => (days === 0 ? "bad" : days <= PRESSING_DAYS ? "warn" : "plain");

/** What runs out, with the day that it will be gone by what is sold of it. */
export const RunningOutLive = ({ cells }: CellsProps) => (
  <List
    title={t("today.runningOut")}
    none={t("today.plenty")}
    entries={runningOutIn(cells)}
    aside={<Link to="/seller/stock">{t("overview.all")}</Link>}
    row={({ cell }) => (
      <>
        <div>
          <ProductName id={wordOf(cell, "productId")} />
          <small class="soft">
            {t("product.few", { n: numberOf(cell, "available") })} ·{" "}
            {t("today.perDay", { n: countOf(numberOf(cell, "perDay")) })} · {wordOf(cell, "location")}
          </small>
        </div>
        <Badge tone={toneOf(numberOf(cell, "days"))}>{left(numberOf(cell, "days"))}</Badge>
      </>
    )}
  />
);

export const Best = ({ cells, currency }: CellsProps & { readonly currency: string }) => (
  <List
    title={t("today.best")}
    none={t("today.nothingSold")}
    entries={bestIn(cells, currency)}
    row={({ key, cell }) => (
      <>
        <ProductName id={key} />
        <small class="soft">{t("today.returned", { n: numberOf(cell, "units") })}</small>
        <strong class="numbers">{priceOf(numberOf(cell, "totalMinor"), currency)}</strong>
      </>
    )}
  />
);
