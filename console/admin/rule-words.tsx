/** What a rule says, in words: for whoever reads a list of rules. */
import type {
  Boost,
  MerchandisingRule,
  RankingRule,
  RuleWhen,
} from "../../models/merchandising/merchandising.rule.contract";
import { countOf, labelOf, priceOf, valueOf } from "../parts/format";
import { ProductName } from "../parts/product-name";
import { t, told } from "../words/words";

type Filter = Readonly<Record<string, unknown>>;

/** Amounts in the filter's currency; several values with commas between. */
function valuesOf(value: unknown, { currency }: Filter): string {
  if (typeof value === "number" && typeof currency === "string") return priceOf(value, currency);
  return Array.isArray(value) ? value.map(valueOf).join(", ") : valueOf(value);
}

const PRICED = ["priceMin", "priceMax"];

/** `Brand: Bloom, Aster`: each field of a filter by its name, with its values. */
export function ruleWords(filter: Filter): string[] {
  const priced = PRICED.some((name) => name in filter);
  // what an amount is in stands beside it
  return Object.entries(filter)
    .filter(([name]) => !(priced && name === "currency"))
    .map(([name, value]) => `${told(`rules.field.${name}`) ?? labelOf(name)}: ${valuesOf(value, filter)}`);
}

/** On what a ranking speaks; everything, where it says nothing. */
function spokenTo(when: RuleWhen | undefined): string {
  const on = Object.values(when ?? {}).flat() as readonly string[];
  return on.length === 0 ? t("rules.always") : on.join(", ");
}

function boosted({ points, ...reached }: Boost): string {
  const deed = t(points < 0 ? "rules.deed.lower" : "rules.deed.lift");
  return `${deed} (${countOf(points)}): ${ruleWords({ ...reached }).join(" · ")}`;
}

const OF_PRODUCTS = ["pin", "bury", "hide"] as const;

const Ranking = ({ rule: { when, boost = [], only, ...lists } }: { readonly rule: RankingRule }) => (
  <ul class="told" dir="auto">
    <li>
      {t("rules.words")}: <strong>{spokenTo(when)}</strong>
    </li>
    {OF_PRODUCTS.filter((name) => lists[name] !== undefined).map((name) => (
      <li key={name}>
        {t(`rules.deed.${name}`)}:{" "}
        {(lists[name] ?? []).map((id, i) => (
          <span key={id}>
            {i > 0 && ", "}
            <ProductName id={id} />
          </span>
        ))}
      </li>
    ))}
    {boost.map((one, i) => (
      <li key={i}>{boosted(one)}</li>
    ))}
    {only !== undefined && (
      <li>
        {t("rules.deed.only")}: {ruleWords({ ...only }).join(" · ")}
      </li>
    )}
  </ul>
);

export function RuleWords({ rule }: { readonly rule: MerchandisingRule }) {
  if (rule.kind === "ranking") return <Ranking rule={rule} />;
  if (rule.kind === "redirect") {
    return (
      <p dir="auto">
        {t("rules.words")}: <strong>{rule.queries.join(", ")}</strong>. {t("rules.leadsTo", { to: rule.to })}
      </p>
    );
  }
  const { from = [], words } = rule;
  return <p dir="auto">{from.length === 0 ? words.join(" ↔ ") : `${from.join(", ")} → ${words.join(", ")}`}</p>;
}
