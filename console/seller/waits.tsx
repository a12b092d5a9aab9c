/** How many people wait for what is sold out: how many, never who. */
import { useAsk } from "../client/use";
import { t } from "../words/words";

export function Waits({ sellerId, productId }: { readonly sellerId: string; readonly productId: string }) {
  const { data } = useAsk("alert.waiting", { sellerId, productIds: [productId] });
  const n = data?.items[0]?.stock ?? 0;
  return n === 0 ? null : <small class="soft">{t("wish.waiting", { n })}</small>;
}
