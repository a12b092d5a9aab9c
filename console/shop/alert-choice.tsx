/** When somebody wants to be told of a thing: once it is back, or once it costs less. */
import { useState } from "preact/hooks";
import type { WishItemView } from "../../models/wishlist/wishlist.view.contract";
import { like, wishes, wishing, wishOf, type WishAsked } from "../app/wishes";
import { Link } from "../app/router";
import { useStore } from "../app/store";
import { ask } from "../client/ask";
import { person } from "../client/session";
import { useDoing } from "../client/use";
import { Choice } from "../parts/fields";
import { momentOf, percentOf, priceOf } from "../parts/format";
import { Button, Fault } from "../parts/pieces";
import { t } from "../words/words";

const PERCENTS = [5, 10, 20, 30, 50];
const HUNDRED = 100;

/** What is waited for, or what was told. */
function saidOf({ alert, seen }: WishItemView): string[] {
  if (alert === null) return [];
  if (alert.told !== null) return [t("wish.told", { at: momentOf(alert.told.at) })];
  const { stock, belowMinor } = alert;
  const price = belowMinor === null ? [] : [t("wish.waitsPrice", { price: priceOf(belowMinor, seen.currency) })];
  return [...(stock ? [t("wish.waitsStock")] : []), ...price];
}

/** With the way to end it. */
function Standing({ item }: { readonly item: WishItemView }) {
  const { busy, fault, run } = useDoing();
  const { itemId, alert } = item;
  const end = (): void => void run(() => wishing((id) => ask("wishlist.unwatch", { id, itemId })));
  return (
    <div class="alert-line">
      {saidOf(item).map((said) => (
        <p key={said} class="soft">
          {said}
        </p>
      ))}
      <Button kind="quiet" small busy={busy} onClick={end}>
        {alert?.told ? t("wish.askAgain") : t("wish.stopWaiting")}
      </Button>
      <Fault fault={fault} />
    </div>
  );
}

interface AlertProps extends WishAsked {
  readonly inStock: boolean;
}

/** Asks for an alert; what is not on a list yet is put on one first. */
export function AlertChoice({ productId, variantId, inStock }: AlertProps) {
  const who = useStore(person);
  const view = useStore(wishes);
  const [percent, setPercent] = useState("10");
  const { busy, fault, run } = useDoing();
  const thing = { productId, variantId };
  const item = view?.items.find((one) => one.itemId === wishOf(view, thing));
  if (!who || who.all) {
    return (
      <p class="soft">
        <Link to={`/sign-in?next=${encodeURIComponent(`/product/${productId}`)}`}>{t("wish.signIn")}</Link>
      </p>
    );
  }
  if (item?.alert) return <Standing item={item} />;
  const watch = (when: { readonly stock?: boolean; readonly fallPercent?: number }): void =>
    void run(async () => {
      if (item === undefined) await like(thing);
      const itemId = wishOf(wishes.get(), thing) ?? "";
      await wishing((id) => ask("wishlist.watch", { id, itemId, ...when }));
    });
  const options = PERCENTS.map((n) => ({
    value: String(n),
    text: t("wish.less", { percent: percentOf(n / HUNDRED) }),
  }));
  return (
    <div class="alert-choice">
      {!inStock && (
        <Button small icon="bell" busy={busy} onClick={() => watch({ stock: true })}>
          {t("wish.whenBack")}
        </Button>
      )}
      {inStock && (
        <>
          <Choice label={t("wish.whenLess")} value={percent} options={options} change={setPercent} quiet />
          <Button small icon="bell" busy={busy} onClick={() => watch({ fallPercent: Number(percent) })}>
            {t("wish.tellMe")}
          </Button>
        </>
      )}
      <Fault fault={fault} />
    </div>
  );
}
