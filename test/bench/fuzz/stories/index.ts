/** What comes before a request, by the route: the routes that are not here are asked just so. */
import type { Story } from "../stage";
import { cartStories } from "./carts.story";
import { goodsStories } from "./goods.story";
import { modelStories } from "./models.story";
import { moneyStories } from "./money.story";
import { moreStories } from "./more.story";
import { paymentStories } from "./payments.story";
import { peopleStories } from "./people.story";
import { purchaseStories } from "./purchase.story";
import { recordedStories } from "./recorded.story";
import { returnStories } from "./returns.story";
import { reviewStories } from "./reviews.story";
import { riskStories } from "./risk.story";
import { sellerStories } from "./sellers.story";
import { webhookStories } from "./webhooks.story";
import { wishlistStories } from "./wishlists.story";

export const stories: Readonly<Record<string, Story>> = {
  ...goodsStories,
  ...peopleStories,
  ...sellerStories,
  ...cartStories,
  ...wishlistStories,
  ...webhookStories,
  ...purchaseStories,
  ...moreStories,
  ...moneyStories,
  ...paymentStories,
  ...recordedStories,
  ...returnStories,
  ...reviewStories,
  ...riskStories,
  ...modelStories,
};
