import type { Pages } from "../app/areas";
import { DashboardPage } from "./dashboard-page";
import { ListingsPage } from "./listings-page";
import { MoneyPage } from "./money-page";
import { NewListingPage } from "./new-listing-page";
import { SoldOrderPage } from "./order-page";
import { SoldOrdersPage } from "./orders-page";
import { ReturnsPage } from "./returns-page";
import { SellerReviewsPage } from "./reviews-page";
import { StockPage } from "./stock-page";
import { TeamPage } from "./team-page";
import { SellerWebhooksPage } from "./webhooks-page";

export const seller: Pages = {
  dashboard: DashboardPage,
  orders: SoldOrdersPage,
  order: SoldOrderPage,
  listings: ListingsPage,
  newListing: NewListingPage,
  stock: StockPage,
  returns: ReturnsPage,
  reviews: SellerReviewsPage,
  money: MoneyPage,
  team: TeamPage,
  webhooks: SellerWebhooksPage,
};
