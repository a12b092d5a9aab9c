import type { Message } from "./message";
import { merchantEn } from "./merchant.en";
import { learntEn } from "./learnt.en";
import { houseEn } from "./house.en";
import { featuresEn } from "./features.en";
import { channelsEn } from "./channels.en";
import { deskEn } from "./desk.en";
import { reviewsEn } from "./reviews.en";
import { adminEn } from "./admin.en";
import { ordersEn } from "./orders.en";
import { sellerEn } from "./seller.en";
import { shellEn } from "./shell.en";
import { jobsEn } from "./jobs.en";
import { todayEn } from "./today.en";
import { askedEn } from "./asked.en";
import { draftEn } from "./draft.en";
import { findingEn } from "./finding.en";
import { peopleEn } from "./people.en";
import { hooksEn } from "./hooks.en";
import { keysEn } from "./keys.en";
import { problemsEn } from "./problems.en";
import { shopEn } from "./shop.en";
import { wishesEn } from "./wishes.en";

export const en = {
  ...shellEn,
  ...shopEn,
  ...wishesEn,
  ...ordersEn,
  ...sellerEn,
  ...todayEn,
  ...draftEn,
  ...askedEn,
  ...jobsEn,
  ...houseEn,
  ...learntEn,
  ...merchantEn,
  ...featuresEn,
  ...channelsEn,
  ...deskEn,
  ...reviewsEn,
  ...adminEn,
  ...findingEn,
  ...peopleEn,
  ...hooksEn,
  ...keysEn,
  ...problemsEn,
};

export type Key = keyof typeof en;
export type Catalogue = Readonly<Record<Key, Message>>;
