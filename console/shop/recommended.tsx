/** What the mall proposes, and because of what: said on each card, never without a reason. */
import { useEffect, useState } from "preact/hooks";
import type { ProductView } from "../../models/product/product.search.contract";
import type {
  AskRecommendation,
  ReasonKind,
  RecommendationKind,
  Recommended as Proposed,
} from "../../models/recommendation/recommendation.contract";
import { useStore } from "../app/store";
import { ask } from "../client/ask";
import { consent, visitor } from "../client/deeds";
import { person } from "../client/session";
import { useAsk } from "../client/use";
import { textOf } from "../parts/format";
import { t } from "../words/words";
import { Card, type CardOf } from "./card";
import { useChannel } from "./use-channel";

interface Shown {
  readonly of: CardOf;
  readonly why: string;
}

const LIMIT = 5;
/** What is said of everybody, and of nobody. */
export const IN_GENERAL: readonly ReasonKind[] = ["trending", "new"];

const cardOf = (view: ProductView): CardOf => ({
  ...view,
  image: view.media.find(({ kind }) => kind === "image")?.url ?? null,
});

const find = (id: string): Promise<ProductView | null> => ask("product.get", { id }).catch(() => null);

/** Each as it is now. What cannot be had any more is left out. */
async function looked(items: readonly Proposed[]): Promise<Shown[]> {
  const causes = items.flatMap(({ reason }) => reason.productId ?? []);
  const ids = [...new Set([...items.map(({ productId }) => productId), ...causes])];
  const views = new Map(await Promise.all(ids.map(async (id) => [id, await find(id)] as const)));
  return items.flatMap(({ productId, reason }) => {
    const view = views.get(productId);
    const title = textOf(views.get(reason.productId ?? "")?.title);
    return view ? [{ of: cardOf(view), why: t(`reason.${reason.kind}`, { title }) }] : [];
  });
}

function useShown(items: readonly Proposed[] | null, without: readonly ReasonKind[]): readonly Shown[] {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  useEffect(() => {
    let wanted = true;
    const fitting = (items ?? []).filter(({ reason }) => !without.includes(reason.kind));
    void looked(fitting).then((found) => wanted && setShown(found));
    return () => {
      wanted = false;
    };
  }, [items]);
  return shown;
}

/** Whose past it may go by: nobody's, as long as it is not known who that is. */
export function useAsked(kind: RecommendationKind, limit: number, productId?: string): AskRecommendation | null {
  const { known, id } = useChannel();
  const who = useStore(person);
  const given = useStore(consent);
  if (!known || who === undefined) return null;
  const visitorId = given === "yes" && who === null ? visitor() : null;
  return {
    kind,
    limit,
    ...(productId !== undefined && { productId }),
    ...(id !== undefined && { channel: id }),
    ...(visitorId !== null && { visitorId }),
  };
}

interface RecommendedProps {
  readonly kind: RecommendationKind;
  readonly title: string;
  readonly productId?: string | undefined;
  /** Reasons that do not fit what the heading promises. */
  readonly without?: readonly ReasonKind[];
  /** The heading says it already. */
  readonly silent?: boolean;
}

const ALL: readonly ReasonKind[] = [];

/** A row of proposals; nothing at all where there are none. */
export function Recommended({ kind, title, productId, without = ALL, silent = false }: RecommendedProps) {
  const asked = useAsked(kind, LIMIT, productId);
  const shown = useShown(useAsk("recommendation.ask", asked).data?.items ?? null, without);
  if (shown.length === 0) return null;
  return (
    <section class="shelf" aria-label={title}>
      <h2>{title}</h2>
      <ul class="cards row">
        {shown.map(({ of, why }, i) => (
          <Card key={of.id} hit={of} position={i} note={silent ? null : why} />
        ))}
      </ul>
    </section>
  );
}
