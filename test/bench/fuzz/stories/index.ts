/** What comes before a request, by the route: the routes that are not here are asked just so. */
import type { Story } from "../stage";
import { goodsStories } from "./goods.story";
import { moreStories } from "./more.story";
import { moneyStories } from "./money.story";
import { paymentStories } from "./payments.story";
import { peopleStories } from "./people.story";
import { purchaseStories } from "./purchase.story";
import { sellerStories } from "./sellers.story";

export const stories: Readonly<Record<string, Story>> = {
  ...goodsStories,
  ...peopleStories,
  ...sellerStories,
  ...purchaseStories,
  ...moreStories,
  ...moneyStories,
  ...paymentStories,
};
