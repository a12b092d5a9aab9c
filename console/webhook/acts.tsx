/** What is done to one endpoint: tried, stopped, told again, given another secret, removed. */
import { useState } from "preact/hooks";
import type { WebhookView } from "../../models/webhook/webhook.words.contract";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Dialog } from "../parts/dialog";
import { Choice, Form, Moment } from "../parts/fields";
import { momentOf } from "../parts/format";
import { Button, Fault, Notice } from "../parts/pieces";
import { t } from "../words/words";
import { momentIn } from "./chosen";

interface OneProps {
  readonly one: WebhookView;
  readonly again: () => void;
}

/** Procedures are asked whose it is. */
export const ofOwner = ({ id, sellerId }: Pick<WebhookView, "id" | "sellerId">) =>
  sellerId === null ? { id } : { id, sellerId };

const OVERLAPS = ["0", "1", "24", "168"] as const;

export function Rotate({ one, told }: { readonly one: WebhookView; readonly told: (secret: string) => void }) {
  const [asked, setAsked] = useState(false);
  const [hours, setHours] = useState("24");
  const { busy, fault, run } = useDoing();
  const rotate = (): void =>
    void run(async () => {
      const { secret } = await ask("webhook.rotate", { ...ofOwner(one), overlapHours: Number(hours) });
      setAsked(false);
      told(secret);
    });
  const act = (
    <Button kind="main" busy={busy} onClick={rotate}>
      {t("hooks.rotate")}
    </Button>
  );
  return (
    <>
      <Button onClick={() => setAsked(true)}>{t("hooks.rotate")}</Button>
      {asked && (
        <Dialog title={t("hooks.rotate")} close={() => setAsked(false)} actions={act}>
          <p>{t("hooks.rotateText")}</p>
          <Choice
            label={t("hooks.overlap")}
            value={hours}
            options={OVERLAPS.map((value) => ({ value, text: t("hooks.hours", { count: Number(value) }) }))}
            change={setHours}
          />
          <Fault fault={fault} />
        </Dialog>
      )}
    </>
  );
}

export function Remove({ one: { id, url }, again }: OneProps) {
  const [sure, setSure] = useState(false);
  const { busy, fault, run } = useDoing();
  const remove = (): void => void run(() => ask("webhook.remove", { id })).then((ok) => ok && again());
  const act = (
    <Button kind="bad" busy={busy} onClick={remove}>
      {t("hooks.remove")}
    </Button>
  );
  return (
    <>
      <Button onClick={() => setSure(true)}>{t("hooks.remove")}</Button>
      {sure && (
        <Dialog title={t("hooks.removeTitle")} close={() => setSure(false)} actions={act}>
          <p>
            <bdi dir="ltr">{url}</bdi>
          </p>
          <p>{t("hooks.removeText")}</p>
          <Fault fault={fault} />
        </Dialog>
      )}
    </>
  );
}

export function Turn({ one: { id, status }, again }: OneProps) {
  const { busy, fault, run } = useDoing();
  const on = status === "enabled";
  const turn = (): void =>
    void run(() => ask(on ? "webhook.disable" : "webhook.enable", { id })).then((ok) => ok && again());
  return (
    <>
      <Button busy={busy} onClick={turn}>
        {on ? t("hooks.disable") : t("hooks.enable")}
      </Button>
      <Fault fault={fault} />
    </>
  );
}

export function Test({ one, again }: OneProps) {
  const { busy, fault, run } = useDoing();
  const send = (): void => void run(() => ask("webhook.test", ofOwner(one))).then((ok) => ok && again());
  return (
    <>
      <Button icon="play" busy={busy} onClick={send}>
        {t("hooks.test")}
      </Button>
      <Fault fault={fault} />
    </>
  );
}

/** Tells again what the histories hold from a moment on. */
export function Replay({ one: { id, replay }, again }: OneProps) {
  const [typed, setTyped] = useState("");
  const { busy, fault, run } = useDoing();
  const from = momentIn(typed);
  const send = (): void => {
    if (from !== null) void run(() => ask("webhook.replay", { id, from })).then((ok) => ok && again());
  };
  return (
    <Form send={send} label={t("hooks.replay")}>
      <div class="stack">
        <Moment label={t("hooks.from")} value={typed} change={setTyped} />
        {replay !== null && (
          <Notice>
            <p>{t("hooks.replayed", { from: momentOf(replay.from), until: momentOf(replay.until) })}</p>
          </Notice>
        )}
        <Fault fault={fault} />
        <Button type="submit" busy={busy} disabled={from === null}>
          {t("hooks.replay")}
        </Button>
      </div>
    </Form>
  );
}
