/** A thing on a list: what it costs now and did then, its note, its alert; into the cart, to another list, away. */
import { useState } from "preact/hooks";
import type { ProductView } from "../../models/product/product.search.contract";
import type { WishItemView } from "../../models/wishlist/wishlist.view.contract";
import { cartId, lookIntoCart } from "../app/basket";
import { Link } from "../app/router";
import { wishing } from "../app/wishes";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Choice, Field, Form } from "../parts/fields";
import { moneyOf, priceOf, textOf } from "../parts/format";
import { Picture } from "../parts/picture";
import { Button, Fault } from "../parts/pieces";
import { t } from "../words/words";
import { AlertChoice } from "./alert-choice";
import { StockLine } from "./card";
import { nameOfList, type Lists } from "./list-names";

/** What is bought of it: the variant that was kept, in the channel's currency, the cheapest that there is. */
function bestOf(view: ProductView, { variantId, seen }: WishItemView) {
  const offers = view.offers
    .filter(({ price }) => price.currency === seen.currency)
    .filter((offer) => variantId === null || offer.variantId === variantId);
  const there = offers.filter(({ quantity }) => quantity > 0);
  const some = there.length > 0 ? there : offers;
  return some.reduce<(typeof some)[number] | undefined>(
    (best, offer) => (best === undefined || offer.price.amountMinor < best.price.amountMinor ? offer : best),
    undefined,
  );
}

function Note({ item }: { readonly item: WishItemView }) {
  const [note, setNote] = useState(item.note);
  const { busy, fault, run } = useDoing();
  const { itemId } = item;
  const send = (): void => void run(() => wishing((id) => ask("wishlist.revise", { id, itemId, note })));
  return (
    <details class="wish-note">
      <summary>{item.note === "" ? t("wish.addNote") : item.note}</summary>
      <Form send={send} label={t("wish.addNote")}>
        <Field label={t("wish.note")} value={note} change={setNote} max={200} />
        <Button type="submit" small busy={busy}>
          {t("wish.save")}
        </Button>
        <Fault fault={fault} />
      </Form>
    </details>
  );
}

function Price({ view, item }: { readonly view: ProductView; readonly item: WishItemView }) {
  const offer = bestOf(view, item);
  const { amountMinor: wasMinor, currency } = item.seen;
  if (!offer) return <p class="soft">{t("product.noOffer")}</p>;
  const changed = wasMinor !== null && wasMinor !== offer.price.amountMinor;
  return (
    <p class="card-price">
      <span class="price">{moneyOf(offer.price)}</span>
      {changed && <span class="soft">{t("wish.was", { price: priceOf(wasMinor, currency) })}</span>}
      <StockLine quantity={offer.quantity} />
    </p>
  );
}

interface RowProps {
  readonly item: WishItemView;
  readonly lists: Lists;
}

function Deeds({ view, item, lists }: RowProps & { readonly view: ProductView | null }) {
  const { busy, fault, run } = useDoing();
  const { itemId, listId } = item;
  const offer = view === null ? undefined : bestOf(view, item);
  const there = offer !== undefined && offer.quantity > 0;
  const move = (to: string): void =>
    void run(() => wishing((id) => ask("wishlist.revise", { id, itemId, listId: to })));
  const drop = (): void => void run(() => wishing((id) => ask("wishlist.drop", { id, itemId })));
  const toCart = (): void =>
    void run(async () => {
      const into = { cartId: await cartId(), offerId: offer?.id ?? "", quantity: 1 };
      await wishing((id) => ask("wishlist.toCart", { id, itemId, ...into }));
      await lookIntoCart();
    });
  return (
    <>
      <div class="wish-deeds">
        <Button small kind="main" icon="cart" busy={busy} disabled={!there} onClick={toCart}>
          {t("wish.toCart")}
        </Button>
        {lists.length > 1 && (
          <Choice
            label={t("wish.list")}
            value={listId}
            options={lists.map((one) => ({ value: one.listId, text: nameOfList(one) }))}
            change={move}
            quiet
          />
        )}
        <Button small kind="quiet" icon="cross" busy={busy} onClick={drop}>
          {t("wish.remove")}
        </Button>
      </div>
      <Fault fault={fault} />
    </>
  );
}

/** What is known of the product, once it is. */
function Known({ view, item }: { readonly view: ProductView; readonly item: WishItemView }) {
  const { productId, variantId } = item;
  return (
    <>
      <Link to={`/product/${productId}`}>
        <bdi>{textOf(view.title) || t("product.untitled")}</bdi>
      </Link>
      <Price view={view} item={item} />
      <AlertChoice productId={productId} variantId={variantId} inStock={(bestOf(view, item)?.quantity ?? 0) > 0} />
    </>
  );
}

const imageOf = (view: ProductView): string | undefined => view.media.find(({ kind }) => kind === "image")?.url;

export function WishRow({ item, lists }: RowProps) {
  const { productId } = item;
  const { data, fault } = useAsk("product.get", { id: productId });
  const shown = data === null ? {} : { category: data.categoryPath.at(-1), image: imageOf(data) };
  return (
    <li class="wish-row">
      <Picture id={productId} title={data === null ? "" : textOf(data.title)} {...shown} />
      <div class="wish-text">
        {fault?.type === "NOT_FOUND" ? <p class="soft">{t("wish.gone")}</p> : <Fault fault={fault} />}
        {data !== null && <Known view={data} item={item} />}
        <Note item={item} />
        <Deeds view={data} item={item} lists={lists} />
      </div>
    </li>
  );
}
