/** Brings an old version's content back: as a new version, so that nothing is lost by it. */
import { useState } from "preact/hooks";
import { ask, isPending } from "../client/ask";
import { useDoing } from "../client/use";
import { Dialog } from "../parts/dialog";
import { Button, Fault } from "../parts/pieces";
import { t } from "../words/words";
import type { Thing } from "./history";

interface RestoreProps {
  readonly thing: Thing;
  readonly version: number;
  readonly newest: number;
  readonly done: () => void;
}

export function Restore({ thing, version, newest, done }: RestoreProps) {
  const [asked, setAsked] = useState(false);
  const { busy, fault, run, clear } = useDoing();
  const restore = (): void =>
    void run(async () => {
      const answer = await ask("history.restore", { ...thing, version });
      setAsked(false);
      if (!isPending(answer)) done();
    });
  const open = (): void => {
    clear();
    setAsked(true);
  };
  const act = (
    <Button kind="main" busy={busy} onClick={restore}>
      {t("time.restore")}
    </Button>
  );
  return (
    <>
      <Button icon="history" small disabled={version === newest} onClick={open}>
        {t("time.restoreThis", { version })}
      </Button>
      {asked && (
        <Dialog title={t("time.restoreTitle", { version })} close={() => setAsked(false)} actions={act}>
          <p>{t("time.restoreText", { next: newest + 1 })}</p>
          <Fault fault={fault} />
        </Dialog>
      )}
    </>
  );
}
