/** The cart, as the pages of the cart and of checkout look into it. */
import { useEffect } from "preact/hooks";
import { cart, lookIntoCart } from "../app/basket";
import { Link } from "../app/router";
import { useStore } from "../app/store";
import { useDoing } from "../client/use";
import { Empty } from "../parts/pieces";
import { t } from "../words/words";

/** The cart as it is now; looked into when the page is shown. */
export function useCart() {
  const view = useStore(cart);
  const { fault, run } = useDoing();
  useEffect(() => void run(lookIntoCart), [run]);
  return { data: view ?? null, known: view !== undefined, fault, again: () => void run(lookIntoCart) };
}

export const EmptyCart = () => (
  <Empty icon="cart" title={t("cart.empty")}>
    <Link class="button main" to="/search">
      {t("toTheShop")}
    </Link>
  </Empty>
);
