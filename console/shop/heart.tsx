/** Keeps a thing, or lets it go. What was wrong is said where there is room for it. */
import { like, wishes, wishing, wishOf, type WishAsked } from "../app/wishes";
import { useStore } from "../app/store";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Icon } from "../parts/icon";
import { Fault } from "../parts/pieces";
import { t } from "../words/words";

interface HeartProps extends WishAsked {
  readonly title: string;
  /** On a tile there is room for the heart alone. */
  readonly small?: boolean;
}

export function Heart({ productId, variantId, title, small = false }: HeartProps) {
  const itemId = wishOf(useStore(wishes), { productId, variantId });
  const { busy, fault, run } = useDoing();
  const toggle = (): void =>
    void run(() =>
      itemId === null ? like({ productId, variantId }) : wishing((id) => ask("wishlist.drop", { id, itemId })),
    );
  return (
    <>
      <button
        type="button"
        class={small ? "heart" : "button quiet heart"}
        aria-pressed={itemId !== null}
        aria-busy={busy}
        aria-label={t("wish.heart", { title })}
        onClick={toggle}
      >
        <Icon name="heart" />
        {!small && <span>{itemId === null ? t("wish.add") : t("wish.added")}</span>}
      </button>
      {!small && <Fault fault={fault} />}
    </>
  );
}
