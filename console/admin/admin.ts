import type { Pages } from "../app/areas";
import { AnalyticsPage } from "./analytics-page";
import { ApprovalsPage } from "./approvals-page";
import { DecisionsPage } from "./decisions-page";
import { DenialsPage } from "./denials-page";
import { HealthPage } from "./health-page";
import { JobsPage } from "./jobs-page";
import { ModelsPage } from "./models-page";
import { AllOrdersPage } from "./orders-page";
import { OverviewPage } from "./overview-page";
import { SellersPage } from "./sellers-page";
import { TimePage } from "./time-page";
import { TimeStartPage } from "./time-start-page";

export const admin: Pages = {
  overview: OverviewPage,
  analytics: AnalyticsPage,
  approvals: ApprovalsPage,
  orders: AllOrdersPage,
  sellers: SellersPage,
  timeStart: TimeStartPage,
  time: TimePage,
  decisions: DecisionsPage,
  models: ModelsPage,
  denials: DenialsPage,
  jobs: JobsPage,
  health: HealthPage,
};
