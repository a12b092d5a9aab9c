import type { Pages } from "../app/areas";
import { AnalyticsPage } from "./analytics-page";
import { ApprovalsPage } from "./approvals-page";
import { CartsPage } from "./carts-page";
import { ChannelsPage } from "./channels-page";
import { CollectionsPage } from "./collections-page";
import { DecisionsPage } from "./decisions-page";
import { DenialsPage } from "./denials-page";
import { ErrandsPage } from "./errands-page";
import { ExperimentsPage } from "./experiments-page";
import { FraudPage } from "./fraud-page";
import { HealthPage } from "./health-page";
import { JobsPage } from "./jobs-page";
import { MailPage } from "./mail-page";
import { MerchandisingPage } from "./merchandising-page";
import { ModelsPage } from "./models-page";
import { ModerationPage } from "./moderation-page";
import { AdminOrderPage } from "./order-page";
import { AllOrdersPage } from "./orders-page";
import { OverviewPage } from "./overview-page";
import { PeoplePage } from "./people-page";
import { PolicyPage } from "./policy-page";
import { SellersPage } from "./sellers-page";
import { TimePage } from "./time-page";
import { TimeStartPage } from "./time-start-page";
import { WebhooksPage } from "./webhooks-page";

export const admin: Pages = {
  overview: OverviewPage,
  analytics: AnalyticsPage,
  approvals: ApprovalsPage,
  errands: ErrandsPage,
  carts: CartsPage,
  fraud: FraudPage,
  moderation: ModerationPage,
  policy: PolicyPage,
  orders: AllOrdersPage,
  order: AdminOrderPage,
  rules: MerchandisingPage,
  collections: CollectionsPage,
  experiments: ExperimentsPage,
  channels: ChannelsPage,
  mail: MailPage,
  webhooks: WebhooksPage,
  sellers: SellersPage,
  people: PeoplePage,
  timeStart: TimeStartPage,
  time: TimePage,
  decisions: DecisionsPage,
  models: ModelsPage,
  denials: DenialsPage,
  jobs: JobsPage,
  health: HealthPage,
};
