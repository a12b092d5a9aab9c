import type { WishListView } from "../../models/wishlist/wishlist.view.contract";
import { t } from "../words/words";

/** The one that everybody has: models/wishlist says the same. */
export const FIRST_LIST_NAME = "main";

export type Lists = readonly WishListView[];

export const nameOfList = ({ listId, name }: WishListView): string =>
  name ?? (listId === FIRST_LIST_NAME ? t("wish.first") : t("wish.unnamed"));
