/** From what a visitor did and what the lists say to what is shown, with its reasons, and as a decision. Pure. */
import type { Taken } from "../../models/decision/decision.data.contract";
import type { OwnText, Text } from "../../models/kernel/text";
import type {
  AskRecommendation,
  ReasonKind,
  RecommendationKind,
  Recommended,
  ShelfItem,
} from "../../models/recommendation/recommendation.contract";
import type { RecentEvent } from "../../models/visitor/visitor.contract";
import type { Kind } from "./recommender";

/** What a visitor did, as far as recommending goes. */
export interface Deeds {
  /** Products, oldest first; one that came again stands where it came last. */
  readonly history: readonly string[];
  readonly bought: ReadonlySet<string>;
  /** What lies in the cart: put there, and not bought since. */
  readonly cart: readonly string[];
}

/** @param events newest first */
export function deedsOf(events: readonly RecentEvent[]): Deeds {
  const history = new Set<string>();
  const bought = new Set<string>();
  const cart = new Set<string>();
  for (const { kind, productId } of [...events].reverse()) {
    if (productId === undefined || kind === "impression" || kind === "search") continue;
    history.delete(productId);
    history.add(productId);
    if (kind === "cart") cart.add(productId);
    if (kind === "purchase") {
      bought.add(productId);
      cart.delete(productId);
    }
  }
  return { history: [...history], bought, cart: [...cart] };
}

export const LEARNT_KINDS: Readonly<Record<RecommendationKind, Kind>> = {
  "for-you": "for-you",
  similar: "similar",
  together: "bought-together",
  trending: "trending",
  recent: "recently-viewed",
  complete: "complete-the-cart",
};

/** What is proposed, before anybody looked whether it may be shown. */
export interface Proposed {
  readonly item: string;
  readonly score: number;
  readonly reason: ReasonKind;
  readonly because?: string;
}

export function reasonKindOf(kind: RecommendationKind, because: string | undefined, deeds: Deeds): ReasonKind {
  if (kind === "recent") return "recent";
  if (because === undefined) return "trending";
  if (kind === "together" || kind === "complete") return "together";
  return deeds.bought.has(because) ? "bought" : "viewed";
}

/** Said before the title of what it is because of. */
const WORDS: Readonly<Record<ReasonKind, OwnText>> = {
  viewed: { en: "Because you viewed", de: "Weil Sie angesehen haben:", ko: "보신 상품 때문에:", ar: "لأنك شاهدت:" },
  bought: { en: "Because you bought", de: "Weil Sie gekauft haben:", ko: "구매하신 상품 때문에:", ar: "لأنك اشتريت:" },
  together: { en: "Often bought with", de: "Oft gekauft mit", ko: "자주 함께 구매:", ar: "كثيرًا ما يُشترى مع" },
  alike: { en: "Similar to", de: "Ähnlich wie", ko: "비슷한 상품:", ar: "مشابه لـ" },
  trending: {
    en: "Many are buying this now",
    de: "Das kaufen gerade viele",
    ko: "지금 많이 구매하는 상품입니다",
    ar: "يشتري هذا كثيرون الآن",
  },
  new: { en: "New in the mall", de: "Neu im Sortiment", ko: "새로 들어온 상품입니다", ar: "جديد في المركز" },
  recent: {
    en: "You viewed this lately",
    de: "Das haben Sie kürzlich angesehen",
    ko: "최근에 보신 상품입니다",
    ar: "شاهدت هذا مؤخرًا",
  },
};

const inLanguage = (title: Text, language: string): string =>
  title[language] ?? title["en"] ?? Object.values(title)[0] ?? "";

export function reasonText(kind: ReasonKind, because: ShelfItem | undefined): OwnText {
  if (because === undefined) return WORDS[kind];
  const said = Object.entries(WORDS[kind]).map(([language, words]) => [
    language,
    `${words} ${inLanguage(because.title, language)}`,
  ]);
  return Object.fromEntries(said) as OwnText;
}

type Filter = Pick<AskRecommendation, "channel" | "currency" | "priceMax" | "soldOutToo">;

function fits({ channels, inStock, prices }: ShelfItem, { channel, currency, priceMax, soldOutToo }: Filter): boolean {
  if (channel !== undefined && !channels.includes(channel)) return false;
  if (!inStock && soldOutToo !== true) return false;
  return priceMax === undefined || (prices[currency ?? ""] ?? Infinity) <= priceMax;
}

/** Of one group no more than half are shown, and two at least. */
const perGroup = (limit: number): number => Math.max(2, Math.ceil(limit / 2));

/** The first that may be shown, mixed; what is like itself is only left out where there is something else. */
export function shownOf(
  proposed: readonly Proposed[],
  shelf: ReadonlyMap<string, ShelfItem>,
  ask: Filter & Pick<AskRecommendation, "limit">,
): readonly Proposed[] {
  const groups = new Map<string, number>();
  const seen = new Set<string>();
  const first: Proposed[] = [];
  const later: Proposed[] = [];
  for (const one of proposed) {
    const item = shelf.get(one.item);
    if (item === undefined || seen.has(one.item) || !fits(item, ask)) continue;
    seen.add(one.item);
    const count = (groups.get(item.group) ?? 0) + 1;
    groups.set(item.group, count);
    (item.group === "" || count <= perGroup(ask.limit) ? first : later).push(one);
  }
  return [...first, ...later].slice(0, ask.limit);
}

export function recommended(
  { item, reason, because }: Proposed,
  shelf: ReadonlyMap<string, ShelfItem>,
  decisionId: string,
): Recommended {
  const cause = because === undefined ? undefined : shelf.get(because);
  const named = { kind: reason, ...(because !== undefined && { productId: because }), text: reasonText(reason, cause) };
  return { productId: item, title: shelf.get(item)?.title ?? {}, reason: named, decisionId };
}

/** What was asked, as features that it can be answered from again. */
export interface Asked {
  readonly kind: RecommendationKind;
  readonly limit: number;
  /** What the page shows, or what lies in the cart. */
  readonly items: readonly string[];
  readonly history: readonly string[];
}

const listed = (name: string, list: readonly string[]): [string, string][] =>
  list.map((value, i) => [`${name}_${i + 1}`, value]);

/** @param scores of what is shown, in its order */
export function takenOf(asked: Asked, shown: readonly string[], scores: readonly number[]): Taken {
  const score = scores.reduce((sum, one) => sum + one, 0);
  return {
    features: {
      ...{ kind: asked.kind, limit: asked.limit },
      ...Object.fromEntries([
        ...listed("item", asked.items),
        ...listed("history", asked.history),
        ...listed("shown", shown),
      ]),
    },
    contributions: scores.map((value, i) => ({ name: `shown_${i + 1}`, value })),
    residual: 0,
    score,
  };
}

export function askedIn({ features }: Taken): Asked & { readonly shown: readonly string[] } {
  const list = (name: string): string[] => {
    const found: string[] = [];
    for (let i = 1; features[`${name}_${i}`] !== undefined; i++) found.push(String(features[`${name}_${i}`]));
    return found;
  };
  const kind = features["kind"] as RecommendationKind;
  return {
    kind,
    limit: Number(features["limit"]),
    items: list("item"),
    history: list("history"),
    shown: list("shown"),
  };
}
