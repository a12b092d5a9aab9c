/** Where the link in an alert's mail leads. Nothing stops before somebody says so: programs read mails, too. */
import { useState } from "preact/hooks";
import { queryOf, usePlace } from "../app/router";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Button, Fault, Notice, Title } from "../parts/pieces";
import { t } from "../words/words";

export function StopPage() {
  const query = queryOf(usePlace());
  const [stopped, setStopped] = useState<"one" | "all" | null>(null);
  const { busy, fault, run } = useDoing();
  const [id = "", itemId = "", key = ""] = ["list", "item", "key"].map((name) => query.get(name) ?? "");
  const stop = (all: boolean): void =>
    void run(async () => setStopped((await ask("wishlist.stop", { id, itemId, key, all })).stopped));
  return (
    <>
      <Title>{t("wish.stopTitle")}</Title>
      <Fault fault={fault} />
      {stopped !== null ? (
        <Notice tone="good">{stopped === "all" ? t("wish.stoppedAll") : t("wish.stoppedOne")}</Notice>
      ) : (
        <div class="actions">
          <Button kind="main" busy={busy} onClick={() => stop(false)}>
            {t("wish.stopOne")}
          </Button>
          <Button busy={busy} onClick={() => stop(true)}>
            {t("wish.stopAll")}
          </Button>
        </div>
      )}
    </>
  );
}
