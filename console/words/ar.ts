import type { Catalogue } from "./en";
import { merchantAr } from "./merchant.ar";
import { learntAr } from "./learnt.ar";
import { houseAr } from "./house.ar";
import { featuresAr } from "./features.ar";
import { channelsAr } from "./channels.ar";
import { deskAr } from "./desk.ar";
import { reviewsAr } from "./reviews.ar";
import { adminAr } from "./admin.ar";
import { ordersAr } from "./orders.ar";
import { sellerAr } from "./seller.ar";
import { shellAr } from "./shell.ar";
import { jobsAr } from "./jobs.ar";
import { todayAr } from "./today.ar";
import { askedAr } from "./asked.ar";
import { draftAr } from "./draft.ar";
import { findingAr } from "./finding.ar";
import { peopleAr } from "./people.ar";
import { hooksAr } from "./hooks.ar";
import { keysAr } from "./keys.ar";
import { problemsAr } from "./problems.ar";
import { shopAr } from "./shop.ar";
import { wishesAr } from "./wishes.ar";

export const ar: Catalogue = {
  ...shellAr,
  ...shopAr,
  ...wishesAr,
  ...ordersAr,
  ...sellerAr,
  ...todayAr,
  ...draftAr,
  ...askedAr,
  ...jobsAr,
  ...houseAr,
  ...learntAr,
  ...merchantAr,
  ...featuresAr,
  ...channelsAr,
  ...deskAr,
  ...reviewsAr,
  ...adminAr,
  ...findingAr,
  ...peopleAr,
  ...hooksAr,
  ...keysAr,
  ...problemsAr,
};
