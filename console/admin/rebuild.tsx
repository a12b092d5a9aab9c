/** A projection made anew while the old one serves, or only compared with the histories. */
import { useState } from "preact/hooks";
import { Choice } from "../parts/fields";
import { Button, Panel } from "../parts/pieces";
import { t } from "../words/words";
import { PROJECTIONS } from "./projections";

const options = PROJECTIONS.map((name) => ({ value: name, text: name }));

interface RebuildProps {
  readonly busy: boolean;
  readonly begin: (projection: string, dryRun: boolean) => void;
}

export function Rebuild({ busy, begin }: RebuildProps) {
  const [projection, setProjection] = useState<string>(PROJECTIONS[0]);
  return (
    <Panel title={t("jobs.anew")}>
      <p class="soft">{t("jobs.anewLead")}</p>
      <div class="filter-row">
        <Choice label={t("jobs.projection")} value={projection} change={setProjection} options={options} />
        <Button busy={busy} onClick={() => begin(projection, true)}>
          {t("jobs.compare")}
        </Button>
        <Button kind="main" busy={busy} onClick={() => begin(projection, false)}>
          {t("jobs.rebuild")}
        </Button>
      </div>
    </Panel>
  );
}
