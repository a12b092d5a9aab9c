import type { Catalogue } from "./en";
import { merchantKo } from "./merchant.ko";
import { learntKo } from "./learnt.ko";
import { houseKo } from "./house.ko";
import { featuresKo } from "./features.ko";
import { channelsKo } from "./channels.ko";
import { deskKo } from "./desk.ko";
import { reviewsKo } from "./reviews.ko";
import { adminKo } from "./admin.ko";
import { ordersKo } from "./orders.ko";
import { sellerKo } from "./seller.ko";
import { shellKo } from "./shell.ko";
import { jobsKo } from "./jobs.ko";
import { todayKo } from "./today.ko";
import { askedKo } from "./asked.ko";
import { draftKo } from "./draft.ko";
import { findingKo } from "./finding.ko";
import { peopleKo } from "./people.ko";
import { hooksKo } from "./hooks.ko";
import { keysKo } from "./keys.ko";
import { problemsKo } from "./problems.ko";
import { shopKo } from "./shop.ko";
import { wishesKo } from "./wishes.ko";

export const ko: Catalogue = {
  ...shellKo,
  ...shopKo,
  ...wishesKo,
  ...ordersKo,
  ...sellerKo,
  ...todayKo,
  ...draftKo,
  ...askedKo,
  ...jobsKo,
  ...houseKo,
  ...learntKo,
  ...merchantKo,
  ...featuresKo,
  ...channelsKo,
  ...deskKo,
  ...reviewsKo,
  ...adminKo,
  ...findingKo,
  ...peopleKo,
  ...hooksKo,
  ...keysKo,
  ...problemsKo,
};
