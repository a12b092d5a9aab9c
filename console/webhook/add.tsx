/** A new endpoint: where it is, and what it is told. */
import { useState } from "preact/hooks";
import type { EventType } from "../../models/webhook/webhook.words.contract";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Check, Field, Form } from "../parts/fields";
import { Button, Fault, Panel } from "../parts/pieces";
import { t } from "../words/words";
import { allOf, chosenWith, EVERYTHING, groupsOf } from "./chosen";

interface ChoosingProps {
  readonly types: readonly EventType[];
  readonly ofSeller: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly change: (chosen: ReadonlySet<string>) => void;
}

type OneProps = Pick<ChoosingProps, "chosen" | "change"> & { readonly name: string; readonly text?: string };

const One = ({ name, text, chosen, change }: OneProps) => (
  <Check checked={chosen.has(name)} change={(yes) => change(chosenWith(chosen, name, yes))}>
    <code dir="ltr">{name}</code> {text !== undefined && <small class="soft">{text}</small>}
  </Check>
);

function Choosing({ types, ofSeller, chosen, change }: ChoosingProps) {
  const [typed, setTyped] = useState("");
  const groups = groupsOf(types, typed, ofSeller);
  return (
    <>
      <Field label={t("hooks.filter")} max={64} value={typed} change={setTyped} />
      <fieldset class="scopes">
        <legend>{t("hooks.choose")}</legend>
        <div class="scope-group">
          <One name={EVERYTHING} text={t("hooks.everything")} chosen={chosen} change={change} />
        </div>
        {groups.map(([aggregate, members]) => (
          <div key={aggregate} class="scope-group">
            <One name={allOf(aggregate)} text={t("hooks.allOf")} chosen={chosen} change={change} />
            <details open={typed.trim() !== ""}>
              <summary>{t("hooks.each", { of: aggregate, count: members.length })}</summary>
              {members.map(({ type }) => (
                <One key={type} name={type} chosen={chosen} change={change} />
              ))}
            </details>
          </div>
        ))}
        {groups.length === 0 && <p class="soft">{t("hooks.noEvents")}</p>}
      </fieldset>
    </>
  );
}

interface AddProps {
  readonly sellerId: string | null;
  readonly added: (secret: string) => void;
}

export function Add({ sellerId, added }: AddProps) {
  const types = useAsk("webhook.events", {});
  const [url, setUrl] = useState("");
  const [description, setDescription] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(async () => {
      const given = { url: url.trim(), description: description.trim(), events: [...chosen] };
      const { secret } = await ask("webhook.add", sellerId === null ? given : { ...given, sellerId });
      setUrl("");
      setDescription("");
      setChosen(new Set());
      added(secret);
    });
  return (
    <Panel title={t("hooks.new")}>
      <Form send={send} label={t("hooks.new")}>
        <div class="stack">
          <Field label={t("hooks.url")} hint={t("hooks.urlHint")} required max={500} value={url} change={setUrl} />
          <Field label={t("hooks.description")} max={200} value={description} change={setDescription} />
          <Answered answer={types}>
            {({ items }) => <Choosing types={items} ofSeller={sellerId !== null} chosen={chosen} change={setChosen} />}
          </Answered>
          <Fault fault={fault} />
          <Button kind="main" type="submit" icon="plus" busy={busy} disabled={url.trim() === "" || chosen.size === 0}>
            {t("hooks.add")}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
