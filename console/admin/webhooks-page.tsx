import { Title } from "../parts/pieces";
import { Endpoints } from "../webhook/endpoints";
import { t } from "../words/words";

/** The endpoints of the mall itself. */
export const WebhooksPage = () => (
  <>
    <Title>{t("hooks.title")}</Title>
    <Endpoints sellerId={null} />
  </>
);
