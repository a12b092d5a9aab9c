/** Every panel, and the dashboards that show them. */
import type { Dashboard, Panel } from "../panel";
import { customerPanels } from "./customers.panels";
import { adoptionPanels, riskPanels, searchPanels } from "./learning.panels";
import { operationPanels, sellerPanels } from "./running.panels";
import { salesPanels } from "./sales.panels";

export const panels: readonly Panel[] = [
  ...salesPanels,
  ...customerPanels,
  ...searchPanels,
  ...adoptionPanels,
  ...riskPanels,
  ...sellerPanels,
  ...operationPanels,
];

const MONTH = 30;
const YEAR = 366;
const ids = (of: readonly Panel[]) => of.map(({ id }) => id);

export const dashboards: readonly Dashboard[] = [
  {
    ...{ id: "kpis", days: MONTH },
    panels: [
      ...(["gmv", "orders", "aov", "searches-bought", "active-sellers", "active-buyers", "clv", "snapshots"] as const),
      ...(["gmv-days", "commits-days"] as const),
    ],
  },
  {
    ...{ id: "sales", days: MONTH },
    panels: ["gmv", "aov", "gmv-days", "orders-days", "channels", "products", "products-gmv", "events", "refunds-days"],
  },
  {
    ...{ id: "customers", days: YEAR },
    panels: [
      ...(["active-buyers", "clv", "orders-per-buyer", "buyers-returning", "signed-in", "cohorts"] as const),
      ...(["buyers-new", "per-buyer", "buyers-days", "sessions-days"] as const),
    ],
  },
  { id: "search", days: MONTH, panels: ids(searchPanels) },
  { id: "adoption", days: MONTH, panels: [...ids(adoptionPanels), "fraud-prevented"] },
  { id: "risk", days: MONTH, panels: ids(riskPanels) },
  { id: "sellers", days: MONTH, panels: ["active-sellers", ...ids(sellerPanels)] },
  { id: "operations", days: MONTH, panels: ids(operationPanels) },
];
