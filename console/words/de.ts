import type { Catalogue } from "./en";
import { merchantDe } from "./merchant.de";
import { learntDe } from "./learnt.de";
import { houseDe } from "./house.de";
import { featuresDe } from "./features.de";
import { channelsDe } from "./channels.de";
import { deskDe } from "./desk.de";
import { reviewsDe } from "./reviews.de";
import { adminDe } from "./admin.de";
import { ordersDe } from "./orders.de";
import { sellerDe } from "./seller.de";
import { shellDe } from "./shell.de";
import { jobsDe } from "./jobs.de";
import { todayDe } from "./today.de";
import { askedDe } from "./asked.de";
import { draftDe } from "./draft.de";
import { findingDe } from "./finding.de";
import { peopleDe } from "./people.de";
import { hooksDe } from "./hooks.de";
import { keysDe } from "./keys.de";
import { problemsDe } from "./problems.de";
import { shopDe } from "./shop.de";
import { wishesDe } from "./wishes.de";

export const de: Catalogue = {
  ...shellDe,
  ...shopDe,
  ...wishesDe,
  ...ordersDe,
  ...sellerDe,
  ...todayDe,
  ...draftDe,
  ...askedDe,
  ...jobsDe,
  ...houseDe,
  ...learntDe,
  ...merchantDe,
  ...featuresDe,
  ...channelsDe,
  ...deskDe,
  ...reviewsDe,
  ...adminDe,
  ...findingDe,
  ...peopleDe,
  ...hooksDe,
  ...keysDe,
  ...problemsDe,
};
