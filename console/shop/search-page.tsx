/** The search: what was asked for, what was found, and how to narrow it down. */
import { useEffect, useRef } from "preact/hooks";
import type { ProductHits, SearchProducts } from "../../models/product/product.search.contract";
import { channel } from "../app/market";
import { go, Link, usePlace } from "../app/router";
import { useStore } from "../app/store";
import { language } from "../app/taste";
import { ask } from "../client/ask";
import { track } from "../client/deeds";
import { usePages } from "../client/pages";
import { useAsk } from "../client/use";
import { Choice } from "../parts/fields";
import { Answered } from "../parts/answered";
import { textOf } from "../parts/format";
import { Button, Empty, Fault, Title } from "../parts/pieces";
import { t } from "../words/words";
import { Card } from "./card";
import { Collections, useShelves } from "./collections";
import { Chosen, Facets } from "./facets";
import { Meant } from "./meant";
import { addressOf, changed, questionIn, SEVERAL, sortIn, SORTS } from "./question";
import { useChannel } from "./use-channel";

const LIMIT = 24;
const EAGER = 4;

function paramsOf(question: URLSearchParams, channelId: string | undefined): SearchProducts {
  const { why: _why, ...single } = Object.fromEntries(question);
  const several = SEVERAL.map((name) => [name, question.getAll(name)]);
  return {
    ...single,
    ...(Object.fromEntries(several) as object),
    sort: sortIn(question),
    limit: LIMIT,
    lang: language.get(),
    explain: question.get("why") === "yes",
    ...(channelId !== undefined && { channel: channelId }),
  };
}

function Nothing({ question }: { readonly question: URLSearchParams }) {
  const q = question.get("q");
  return (
    <Empty icon="search" title={q === null ? t("search.noneFitting") : t("search.none", { q })}>
      <p>{t("search.noneText")}</p>
      <Link class="button" to="/search">
        {t("search.clear")}
      </Link>
    </Empty>
  );
}

function Bar({ hits, question }: { readonly hits: ProductHits | null; readonly question: URLSearchParams }) {
  const why = question.get("why") === "yes";
  const sort = (value: string): void => go(addressOf(changed(question, "sort", value, value !== "relevance")));
  const key = hits?.totalRelation === "at-least" ? "search.foundMore" : "search.found";
  return (
    <div class="bar">
      <p role="status" class="soft">
        {hits !== null && `${t(key, { n: hits.total })} ${t("search.took", { ms: hits.tookMs })}`}
      </p>
      <Button
        kind="quiet"
        icon="spark"
        small
        pressed={why}
        onClick={() => go(addressOf(changed(question, "why", "yes", !why)))}
      >
        {t("search.why")}
      </Button>
      <Choice
        quiet
        label={t("search.sort")}
        value={sortIn(question)}
        options={SORTS.map((value) => ({ value, text: t(`search.${value}`) }))}
        change={sort}
      />
    </div>
  );
}

function Filters({ hits, question }: { readonly hits: ProductHits | null; readonly question: URLSearchParams }) {
  const wide = useRef(window.matchMedia("(min-width: 56rem)").matches);
  const currency = useStore(channel)?.currency ?? "EUR";
  return (
    <aside aria-label={t("search.filters")}>
      <details class="filters" open={wide.current}>
        <summary>{t("search.filters")}</summary>
        <Facets facets={hits?.facets ?? {}} question={question} currency={currency} />
      </details>
    </aside>
  );
}

function Results({ hits, question, params }: ResultsProps) {
  const { items, next, busy, fault } = usePages(hits, (cursor) => ask("product.search", { ...params, cursor }));
  const why = question.get("why") === "yes";
  if (hits.items.length === 0) return <Nothing question={question} />;
  return (
    <>
      <ul class="cards">
        {items.map((hit, i) => (
          <Card key={hit.id} hit={hit} position={i} queryId={hits.queryId} why={why} first={i < EAGER} />
        ))}
      </ul>
      <Fault fault={fault} />
      {next !== null && (
        <p class="more">
          <Button onClick={next} busy={busy}>
            {t("more")}
          </Button>
        </p>
      )}
    </>
  );
}

interface ResultsProps {
  readonly hits: ProductHits;
  readonly question: URLSearchParams;
  readonly params: SearchProducts;
}

const sellersIn = (hits: ProductHits | null): ReadonlyMap<string, string> =>
  new Map((hits?.facets["seller"] ?? []).map(({ value, label = value }) => [value, label]));

/** A search for words is told with what it found: what comes of it is told with the same id. */
function useTold(hits: ProductHits | null, query: string | null): void {
  useEffect(() => {
    if (hits !== null && query !== null) track("search", { query, queryId: hits.queryId, results: hits.total });
  }, [hits]);
}

/** The collection or section that is looked at, what was typed, or both. */
function titleOf(q: string | null, collection: string): string {
  if (collection === "") return q === null ? t("search.title") : t("search.titleFor", { q });
  return q === null ? collection : t("search.titleIn", { title: collection, q });
}

export function SearchPage() {
  const question = questionIn(usePlace().search);
  const { known, id, currency } = useChannel();
  const params = paramsOf(question, id);
  const answer = useAsk("product.search", known ? params : null);
  const q = question.get("q");
  const shelves = useShelves(question, id);
  const here = shelves.collections.here ?? shelves.sections.here;
  useTold(answer.data, q);
  return (
    <div class="search-page">
      <Filters hits={answer.data} question={question} />
      <div class={answer.waiting ? "results busy" : "results"}>
        <Title>{titleOf(q, textOf(here?.title))}</Title>
        <Collections question={question} {...shelves} />
        <Bar hits={answer.data} question={question} />
        {question.get("why") === "yes" && <p class="soft why-lead">{t("search.whyText")}</p>}
        <Chosen {...{ question, currency, facets: answer.data?.facets ?? {}, sellers: sellersIn(answer.data) }} />
        <Answered answer={answer} lines={8}>
          {(hits) => (
            <>
              <Meant hits={hits} question={question} />
              <Results {...{ hits, question, params }} />
            </>
          )}
        </Answered>
      </div>
    </div>
  );
}
