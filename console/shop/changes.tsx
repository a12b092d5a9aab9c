/** What is not any more as the customer was told: said one by one, and agreed to at once. */
import type { CartChange, CartView } from "../../models/cart/cart.view.contract";
import { priceOf, textOf } from "../parts/format";
import { Button, Notice } from "../parts/pieces";
import { t } from "../words/words";

interface ChangesProps {
  readonly view: CartView;
  readonly accept: () => void;
}

function said(change: CartChange, view: CartView): string {
  const price = (minor: number): string => priceOf(minor, view.currency);
  const titleOf = (lineId: string): string =>
    textOf(view.quote?.lines.find((line) => line.lineId === lineId)?.title) || t("cart.something");
  switch (change.kind) {
    case "price":
      return t("change.price", {
        title: titleOf(change.lineId),
        was: price(change.wasMinor),
        is: price(change.isMinor),
      });
    case "stock":
      return t("change.stock", { title: titleOf(change.lineId), n: change.available });
    case "withdrawn":
    case "seller":
      return t("change.withdrawn", { title: titleOf(change.lineId) });
    case "coupon":
      return t("change.coupon", { code: change.code });
    case "shipping":
      return t("change.shipping");
    case "total":
      return t("change.total", { was: price(change.wasMinor), is: price(change.isMinor) });
  }
}

export function Changes({ view, accept }: ChangesProps) {
  if (view.changes.length === 0) return null;
  return (
    <Notice tone="warn">
      <ul>
        {view.changes.map((change, i) => (
          <li key={i}>{said(change, view)}</li>
        ))}
      </ul>
      <Button onClick={accept}>{t("cart.accept")}</Button>
    </Notice>
  );
}
