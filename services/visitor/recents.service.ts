/**
 * What somebody may mean while they type, with what they searched for and looked at themselves lately: told to them
 * alone, and gone with what they want forgotten. What keeps it from being known keeps no suggestion from being made.
 */
import type { Logger } from "pino";
import type { Calls } from "../../models/contracts";
import type { Text } from "../../models/kernel/text";
import type { ProductTraits } from "../../models/product/product.traits.contract";
import type {
  ProductSuggestions,
  RecentSuggestions,
  SuggestedProduct,
  SuggestedQuery,
  SuggestProducts,
} from "../../models/product/product.suggest.contract";
import type { RecentEvent } from "../../models/visitor/visitor.contract";
import { asMall, typed } from "../kernel/call";
import type { CallSite, Query } from "../kernel/service";
import { within } from "../kernel/wait";
import { normalised } from "./events.service";
import { touched } from "./taste.service";
import { createTraits } from "./traits.service";
import { personOf } from "./visitor.service";

type Asked = Omit<SuggestProducts, "visitorId" | "personal">;

/** The read side's own suggestions. */
export type Suggest = (params: Asked, context: CallSite) => Promise<ProductSuggestions>;

const WITHIN_MS = 100;
/** Of each kind: what others mean should still be seen. */
const EACH_MAX = 4;
const LANGUAGE_DEFAULT = "en";

/** Whether each word that was typed begins one of the text. */
function begins(text: string, typed: string): boolean {
  const words = normalised(text).split(" ");
  return normalised(typed)
    .split(" ")
    .every((part) => words.some((word) => word.startsWith(part)));
}

/** Their own words that begin as it was typed, newest first, each once; not what stands there already. */
export function queriesIn(events: readonly RecentEvent[], q: string, limit: number): SuggestedQuery[] {
  const said = events.flatMap(({ kind, query = "" }) => (kind === "search" ? [normalised(query)] : []));
  const fitting = [...new Set(said)].filter((text) => text !== "" && text !== normalised(q) && begins(text, q));
  return fitting.slice(0, limit).map((text) => ({ text }));
}

const titleIn = (title: Text, lang: string): string =>
  title[lang] ?? title[lang.split("-")[0] ?? ""] ?? title[LANGUAGE_DEFAULT] ?? Object.values(title)[0] ?? "";

/** What they did something with and is still shown, by its title or brand. */
export function productsIn(known: readonly ProductTraits[], { q, lang = LANGUAGE_DEFAULT }: Asked): SuggestedProduct[] {
  return known.flatMap(({ id, brand, title, image = null }) => {
    if (title === undefined) return [];
    const shown = titleIn(title, lang);
    return begins(`${shown} ${brand ?? ""}`, q) ? [{ id, title: shown, brand, image }] : [];
  });
}

async function eventsOf(params: SuggestProducts, site: CallSite): Promise<readonly RecentEvent[]> {
  const visitorId = params.visitorId ?? site.meta.visitorId;
  const person = personOf(site);
  if (params.personal === false || (visitorId === undefined && person === null)) return [];
  if (visitorId !== undefined)
    return (await typed<Calls>(site.caller, site.meta)("visitor.recent", { visitorId })).events;
  const asked = typed<Calls>(site.caller, asMall(site.meta, "recent"));
  return (await asked("visitor.recentPerson", { personId: person ?? "" })).events;
}

const isHere =
  ({ channel }: Asked) =>
  (event: RecentEvent): boolean =>
    channel === undefined || event.channel === undefined || event.channel === channel;

export function personalSuggest(suggest: Suggest, { log }: { readonly log: Pick<Logger, "warn"> }): Query {
  const traits = createTraits();
  async function recent(params: SuggestProducts, site: CallSite): Promise<RecentSuggestions> {
    const limit = Math.min(EACH_MAX, params.limit);
    const events = (await eventsOf(params, site)).filter(isHere(params));
    const ids = touched(events);
    const products = ids.length === 0 ? [] : productsIn(await traits(ids, site), params).slice(0, limit);
    return { queries: queriesIn(events, params.q, limit), products };
  }
  return async (params: SuggestProducts, context) => {
    const site = context as CallSite;
    const { visitorId: _visitorId, personal: _personal, ...asked } = params;
    const own = within(WITHIN_MS, "Reading what somebody did lately", recent(params, site)).catch((error: unknown) => {
      log.warn({ err: error }, "Suggestions were made without what the visitor did lately");
      return { queries: [], products: [] };
    });
    const [others, found] = await Promise.all([suggest(asked, site), own]);
    return found.queries.length + found.products.length === 0 ? others : { ...others, recent: found };
  };
}
