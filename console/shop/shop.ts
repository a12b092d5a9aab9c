import type { Pages } from "../app/areas";
import { CartPage } from "./cart-page";
import { CheckoutPage } from "./checkout-page";
import { ListsPage } from "./lists-page";
import { HomePage } from "./home-page";
import { OrderPage } from "./order-page";
import { OrdersPage } from "./orders-page";
import { ProductPage } from "./product-page";
import { SharedListPage } from "./shared-list-page";
import { StopPage } from "./stop-page";
import { SearchPage } from "./search-page";

export const shop: Pages = {
  home: HomePage,
  search: SearchPage,
  product: ProductPage,
  cart: CartPage,
  checkout: CheckoutPage,
  orders: OrdersPage,
  order: OrderPage,
  lists: ListsPage,
  sharedList: SharedListPage,
  stop: StopPage,
};
