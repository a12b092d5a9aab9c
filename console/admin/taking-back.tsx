/** How long, and at whose cost, the mall takes things back: by channel, and of a category otherwise. */
import { useState } from "preact/hooks";
import type { CategoryBranch } from "../../models/category/category.result.contract";

import type { ChannelView } from "../../models/channel/channel.contract";
import type { ReturnShippingBy } from "../../models/return/return.window.contract";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Choice, Field, Form } from "../parts/fields";
import { textOf } from "../parts/format";
import { Button, Fault, Notice } from "../parts/pieces";
import { t } from "../words/words";

/** Where the channel says nothing. */
const RETURN_DAYS = 14;
const RETURN_DAYS_MAX = 365;
const CATEGORIES_MAX = 1_000;
/** As many levels as a tree has. */
const DEPTH_MAX = 8;

/** Days as they are typed; undefined for what are none. */
function daysOf(typed: string): number | undefined {
  const days = Number(typed);
  return /^\d{1,3}$/.test(typed.trim()) && days <= RETURN_DAYS_MAX ? days : undefined;
}

interface DaysProps {
  readonly label: string;
  readonly before: number | undefined;
  readonly send: (days: number) => Promise<unknown>;
  readonly children?: preact.ComponentChildren;
}

function Days({ label, before, send, children }: DaysProps) {
  const [typed, setTyped] = useState(before === undefined ? "" : String(before));
  const [saved, setSaved] = useState(false);
  const { busy, fault, run } = useDoing();
  const days = daysOf(typed);
  const save = (): void => void (days !== undefined && run(() => send(days)).then((ok) => setSaved(ok)));
  const change = (value: string): void => {
    setTyped(value);
    setSaved(false);
  };
  return (
    <Form send={save} label={label}>
      <div class="grid-form">
        <Field label={t("back.days")} value={typed} change={change} max={3} decimal hint={t("back.daysHint")} />
        {children}
        <Button type="submit" busy={busy} disabled={days === undefined}>
          {t("save")}
        </Button>
      </div>
      <Fault fault={fault} />
      {saved && <Notice tone="good">{t("back.saved")}</Notice>}
    </Form>
  );
}

const BY = ["customer", "seller"] as const satisfies readonly ReturnShippingBy[];

function OfChannel({ channel, again }: { readonly channel: ChannelView; readonly again: () => void }) {
  const { id, returnDays = RETURN_DAYS, returnShippingBy = "customer" } = channel;
  const [by, setBy] = useState<ReturnShippingBy>(returnShippingBy);
  const send = (days: number): Promise<unknown> =>
    ask("channel.revise", { id, returnDays: days, returnShippingBy: by }).then(again);
  return (
    <Days label={t("back.channel")} before={returnDays} send={send}>
      <Choice
        label={t("back.by")}
        value={by}
        options={BY.map((value) => ({ value, text: t(`back.by.${value}`) }))}
        change={(value) => setBy(BY.find((one) => one === value) ?? "customer")}
      />
    </Days>
  );
}

function OfCategory({ id }: { readonly id: string }) {
  const { data, again } = useAsk("category.get", { id });
  if (data === null) return null;
  const { returnDays } = data;
  return (
    <>
      <p class="soft">{returnDays === undefined ? t("back.asAbove") : t("back.own", { n: returnDays })}</p>
      <Days
        label={t("back.category")}
        before={returnDays}
        send={(days) => ask("category.revise", { id, returnDays: days }).then(again)}
      />
    </>
  );
}

/** Three wide spaces a level: a list of choices shows no tree by itself. */
const indented = ({ level, name }: CategoryBranch): string => `${"\u2003".repeat(level - 1)}${textOf(name)}`;

interface TakingBackProps {
  readonly channels: readonly ChannelView[];
  readonly again: () => void;
}

export function TakingBack({ channels, again }: TakingBackProps) {
  const [channelId, setChannelId] = useState(channels[0]?.id ?? "");
  const [categoryId, setCategoryId] = useState("");
  const { data } = useAsk("category.tree", { depth: DEPTH_MAX, retired: false, limit: CATEGORIES_MAX });
  const channel = channels.find(({ id }) => id === channelId);
  const categories = (data?.items ?? []).map((one) => ({ value: one.id, text: indented(one) }));
  return (
    <div class="stack">
      <p class="soft">{t("back.lead")}</p>
      <Choice
        label={t("back.channel")}
        value={channelId}
        options={channels.map(({ id, name }) => ({ value: id, text: textOf(name) }))}
        change={setChannelId}
      />
      {channel && <OfChannel key={channel.id} channel={channel} again={again} />}
      <Choice
        label={t("back.category")}
        value={categoryId}
        options={[{ value: "", text: t("back.choose") }, ...categories]}
        change={setCategoryId}
      />
      {categoryId !== "" && <OfCategory key={categoryId} id={categoryId} />}
    </div>
  );
}
