/** Things like this one: of its category, by the search. */
import type { ProductView, SearchProducts } from "../../models/product/product.search.contract";
import { language } from "../app/taste";
import { useAsk } from "../client/use";
import { t } from "../words/words";
import { Card } from "./card";
import { useChannel } from "./use-channel";

const SHOWN = 5;

export function Similar({ view }: { readonly view: ProductView }) {
  const { known, id } = useChannel();
  const asked = {
    category: [view.categoryPath.join("/")],
    sort: "relevance" as const,
    limit: SHOWN + 1,
    lang: language.get(),
    ...(id !== undefined && { channel: id }),
  } satisfies SearchProducts;
  const { data } = useAsk("product.search", known && view.categoryPath.length > 0 ? asked : null);
  const others = (data?.items ?? []).filter((hit) => hit.id !== view.id).slice(0, SHOWN);
  if (others.length === 0) return null;
  return (
    <section class="product-similar shelf">
      <h2>{t("product.similar")}</h2>
      <ul class="cards">
        {others.map((hit) => (
          <Card key={hit.id} hit={hit} />
        ))}
      </ul>
    </section>
  );
}
