/** What the mall goes by, and the choice whether it may. */
import { ConsentSwitch } from "../app/consent";
import { Panel, Title } from "../parts/pieces";
import { t } from "../words/words";

export const PrivacyPage = () => (
  <>
    <Title>{t("consent.page")}</Title>
    <div class="stack">
      <Panel>
        <p>{t("consent.text")}</p>
        <ConsentSwitch />
      </Panel>
    </div>
  </>
);
