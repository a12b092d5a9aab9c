import { Endpoints } from "../webhook/endpoints";
import { t } from "../words/words";
import { Desk } from "./desk";

/** The endpoints of one seller. */
export const SellerWebhooksPage = () => (
  <Desk title={t("hooks.title")}>{(sellerId) => <Endpoints key={sellerId} sellerId={sellerId} />}</Desk>
);
