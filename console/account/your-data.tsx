/** What the mall keeps of somebody: theirs to take along as one file, and theirs to have erased for good. */
import { useEffect, useState } from "preact/hooks";
import type { OwnData } from "../../models/account/own-data.contract";
import { go } from "../app/router";
import { ask, saveFile } from "../client/ask";
import { signOut, type Person } from "../client/session";
import { useAsk, useDoing } from "../client/use";
import { Field, Form } from "../parts/fields";
import { exactOf, percentOf } from "../parts/format";
import { Button, Fault, Panel } from "../parts/pieces";
import { t } from "../words/words";

const LOOK_MS = 1_000;

interface StandingProps {
  readonly data: OwnData;
}

const isOpen = ({ status }: OwnData): boolean => status === "requested" || status === "running";

/** How far the file is. */
const Standing = ({ data }: StandingProps) => (
  <>
    {isOpen(data) && (
      <p role="status" class="soft">
        {t("yourData.working", { percent: percentOf(data.fraction) })}
      </p>
    )}
    {data.reason !== null && <p>{data.reason}</p>}
    {data.until !== null && <p class="soft">{t("yourData.until", { until: exactOf(data.until) })}</p>}
  </>
);

function TakeAlong() {
  const { data, fault, again } = useAsk("me.data", {});
  const { busy, fault: asking, run } = useDoing();
  const open = data !== null && isOpen(data);
  useEffect(() => {
    if (!open) return;
    const timer = setInterval(again, LOOK_MS);
    return () => clearInterval(timer);
  }, [open, again]);
  const take = (): void => void run(() => ask("me.takeData", {})).then(again);
  const save = (file: string): void => void run(() => saveFile(file, "my-data.json"));
  const file = data?.file ?? null;
  return (
    <>
      <p>{t("yourData.text")}</p>
      <Fault fault={fault ?? asking} />
      {data !== null && <Standing data={data} />}
      <div class="actions">
        {file === null ? (
          <Button busy={busy} disabled={open} onClick={take}>
            {t("yourData.ask")}
          </Button>
        ) : (
          <Button kind="main" busy={busy} onClick={() => save(file)}>
            {t("yourData.fetch")}
          </Button>
        )}
      </div>
    </>
  );
}

interface EraseProps {
  readonly who: Person;
}

/** Whoever leaves says so by writing their address: nobody does that by mistake. */
function Erase({ who }: EraseProps) {
  const [said, setSaid] = useState("");
  const { busy, fault, run } = useDoing();
  const sure = who.email !== null && said.trim().toLowerCase() === who.email.toLowerCase();
  const erase = (): void => {
    if (!sure) return;
    void run(() => ask("account.erase", { id: who.id })).then(async (done) => {
      if (!done) return;
      await signOut();
      go("/");
    });
  };
  return (
    <Form send={erase} label={t("yourData.eraseTitle")}>
      <p>{t("yourData.eraseText")}</p>
      <Field label={t("yourData.eraseSure")} type="email" complete="off" value={said} change={setSaid} />
      <Fault fault={fault} />
      <Button kind="bad" type="submit" busy={busy} disabled={!sure}>
        {t("yourData.erase")}
      </Button>
    </Form>
  );
}

export const YourData = ({ who }: EraseProps) => (
  <>
    <Panel title={t("yourData.title")}>
      <TakeAlong />
    </Panel>
    <Panel title={t("yourData.eraseTitle")}>
      <Erase who={who} />
    </Panel>
  </>
);
