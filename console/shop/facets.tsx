/** How what was found can be narrowed down, with how much would be left. */
import { useState } from "preact/hooks";
import type { FacetValue, ProductHits } from "../../models/product/product.search.contract";
import { go } from "../app/router";
import { Check, Field, Form } from "../parts/fields";
import { countOf, labelOf, minorOf, priceOf, typedOf, valueOf } from "../parts/format";
import { Icon } from "../parts/icon";
import { Button } from "../parts/pieces";
import { t, told } from "../words/words";
import { addressOf, changed, chosenIn, orderedFacets, paramOf, pricedAs } from "./question";

const OPEN = 4;

interface FacetsProps {
  readonly facets: ProductHits["facets"];
  readonly question: URLSearchParams;
  readonly currency: string;
}

/** A thin space before it, and on one line. */
const inUnit = (text: string, unit: string | undefined): string => (unit === undefined ? text : `${text}\u202f${unit}`);

const rangeOf = ({ from, to, unit }: FacetValue): string | null =>
  from === undefined || to === undefined ? null : inUnit(`${valueOf(from)} – ${valueOf(to)}`, unit);

const shownOf = (facet: string, facetValue: FacetValue): string => {
  const { value, label = rangeOf(facetValue) } = facetValue;
  if (label !== null) return label;
  if (facet === "category") return value.split("/").at(-1) ?? value;
  return told(`${facet}.${value}`) ?? (value === "true" || value === "false" ? valueOf(value === "true") : value);
};

function Value({ facet, value, question }: ValueProps) {
  const [name, sent] = paramOf(facet, value);
  const checked = question.getAll(name).includes(sent);
  return (
    <li>
      <Check checked={checked} change={(on) => go(addressOf(changed(question, name, sent, on)))}>
        {shownOf(facet, value)}
      </Check>
      <small class="numbers">{countOf(value.count)}</small>
    </li>
  );
}

interface ValueProps {
  readonly facet: string;
  readonly value: FacetValue;
  readonly question: URLSearchParams;
}

type PricesProps = Omit<FacetsProps, "facets">;

/** One range at a time, from what was found. */
function PriceRanges({ facets, question, currency }: FacetsProps) {
  const chosen = ({ from, to }: FacetValue): boolean =>
    question.get("priceMin") === String(from) && question.get("priceMax") === String(to);
  return (
    <ul class="facet">
      {(facets["price"] ?? []).map((range) => (
        <li key={range.value}>
          <Check checked={chosen(range)} change={(on) => go(addressOf(pricedAs(question, range, on)))}>
            {`${priceOf(range.from ?? 0, currency)} – ${priceOf(range.to ?? 0, currency)}`}
          </Check>
          <small class="numbers">{countOf(range.count)}</small>
        </li>
      ))}
    </ul>
  );
}

function Prices({ question, currency }: PricesProps) {
  const shown = (name: string): string => {
    const value = question.get(name);
    return value === null ? "" : typedOf(Number(value), currency).replace(/[.,]00$/, "");
  };
  const [min, setMin] = useState(shown("priceMin"));
  const [max, setMax] = useState(shown("priceMax"));
  const send = (): void => {
    const sent = (text: string): string => String(minorOf(text, currency) ?? "");
    go(addressOf(changed(changed(question, "priceMin", sent(min)), "priceMax", sent(max))));
  };
  return (
    <Form send={send} label={t("search.price")}>
      <div class="range">
        <Field label={t("search.from")} value={min} change={setMin} decimal />
        <Field label={t("search.to")} value={max} change={setMax} decimal />
        <Button type="submit">{t("search.apply")}</Button>
      </div>
    </Form>
  );
}

const RATINGS = ["4", "3"] as const;

/** Stars and up: one at a time, and taken away by choosing it again. */
function Ratings({ question }: Pick<FacetsProps, "question">) {
  const chosen = question.get("ratingMin");
  return (
    <ul class="facet">
      {RATINGS.map((stars) => (
        <li key={stars}>
          <Check checked={chosen === stars} change={(on) => go(addressOf(changed(question, "ratingMin", stars, on)))}>
            {t("search.ratingMin", { stars })}
          </Check>
        </li>
      ))}
    </ul>
  );
}

export function Facets({ facets, question, currency }: FacetsProps) {
  const inStock = question.get("inStock") === "true";
  const names = orderedFacets(Object.keys(facets)).filter((name) => (facets[name] ?? []).length > 0);
  return (
    <>
      <Check checked={inStock} change={(on) => go(addressOf(changed(question, "inStock", "true", on)))}>
        {t("search.inStock")}
      </Check>
      <details open>
        <summary>{t("search.price")}</summary>
        <PriceRanges {...{ facets, question, currency }} />
        <Prices key={question.toString()} question={question} currency={currency} />
      </details>
      <details open>
        <summary>{t("search.rated")}</summary>
        <Ratings question={question} />
      </details>
      {names.map((name, i) => (
        <details key={name} open={i < OPEN}>
          <summary>{told(`facet.${name}`) ?? labelOf(name)}</summary>
          <ul class="facet">
            {(facets[name] ?? []).map((value) => (
              <Value key={value.value} facet={name} value={value} question={question} />
            ))}
          </ul>
        </details>
      ))}
    </>
  );
}

/** Filters whose value alone says nothing. */
const SAID: Readonly<Record<string, (value: string, currency: string) => string>> = {
  priceMin: (value, currency) => t("search.fromPrice", { price: typedOf(Number(value), currency) }),
  priceMax: (value, currency) => t("search.upTo", { price: typedOf(Number(value), currency) }),
  ratingMin: (value) => t("search.ratingMin", { stars: value }),
  inStock: () => t("product.stock"),
  attribute: (value) => value.replace(":", ": ").replaceAll("_", " "),
  range: (value) => value.replace(":", ": ").replaceAll("_", " ").replace("..", " – "),
};

/** In what the numbers of a range are counted: what was found says so. */
const unitOf = (name: string, value: string, facets: FacetsProps["facets"]): string | undefined =>
  name === "range"
    ? facets[value.slice(0, value.indexOf(":"))]?.find(({ unit }) => unit !== undefined)?.unit
    : undefined;

const wordsOf = (name: string, value: string, currency: string): string =>
  SAID[name]?.(value, currency) ?? told(`${name}.${value}`) ?? value.split("/").at(-1) ?? value;

/** What is narrowed down already, to be taken away. */
export function Chosen({ question, currency, sellers, facets }: ChosenProps) {
  const pairs = chosenIn(question);
  if (pairs.length === 0) return null;
  return (
    <ul class="chosen" aria-label={t("search.chosen")}>
      {pairs.map(([name, value]) => {
        const words = name === "seller" ? (sellers.get(value) ?? value) : wordsOf(name, value, currency);
        const what = inUnit(words, unitOf(name, value, facets));
        return (
          <li key={name + value}>
            <button
              type="button"
              aria-label={t("search.remove", { what })}
              onClick={() => go(addressOf(changed(question, name, value, false)))}
            >
              {what}
              <Icon name="cross" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

interface ChosenProps extends FacetsProps {
  /** Names by id. */
  readonly sellers: ReadonlyMap<string, string>;
}
