/** A further rule of search: what it does, upon which words, to what, where and when. Off at first. */
import { useState } from "preact/hooks";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Choice, Field, Form, Moment } from "../parts/fields";
import { textOf } from "../parts/format";
import { Button, Fault, Panel } from "../parts/pieces";
import { t } from "../words/words";
import { createOf, DEEDS, EMPTY_DRAFT, hasTarget, isSaid, needsWords, TARGETS, type RuleDraft } from "./rule-draft";

interface SayProps {
  readonly draft: RuleDraft;
  readonly say: (more: Partial<RuleDraft>) => void;
}

function What({ draft, say }: SayProps) {
  const { deed, words, target, value } = draft;
  const deeds = DEEDS.map((one) => ({ value: one, text: t(`rules.deed.${one}`) }));
  const targets = TARGETS.map((one) => ({ value: one, text: t(`rules.target.${one}`) }));
  const hint = needsWords(deed) ? t("rules.several") : t("rules.wordsHint");
  return (
    <>
      <Choice
        label={t("rules.does")}
        value={deed}
        options={deeds}
        change={(next) => say({ deed: DEEDS.find((one) => one === next) ?? deed })}
      />
      <Field label={t("rules.words")} value={words} change={(next) => say({ words: next })} hint={hint} max={500} />
      {hasTarget(deed) && (
        <Choice
          label={t("rules.lift")}
          value={target}
          options={targets}
          change={(next) => say({ target: TARGETS.find((one) => one === next) ?? target })}
        />
      )}
      <Field
        label={t(`rules.valueOf.${hasTarget(deed) ? "target" : deed}`)}
        value={value}
        change={(next) => say({ value: next })}
        hint={deed === "redirect" ? t("rules.path") : t("rules.several")}
        max={2_000}
      />
    </>
  );
}

/** Everywhere and always, where nothing is said. */
function Where({ draft, say }: SayProps) {
  const channels = useAsk("channel.list", { limit: 200 }).data?.items ?? [];
  const sections = useAsk("section.list", { limit: 500 }).data?.items ?? [];
  const all = { value: "", text: t("rules.everywhere") };
  return (
    <>
      <Choice
        label={t("rules.channel")}
        value={draft.channel}
        options={[all, ...channels.map(({ id, name }) => ({ value: id, text: textOf(name) }))]}
        change={(channel) => say({ channel })}
      />
      {sections.length > 0 && (
        <Choice
          label={t("rules.section")}
          value={draft.section}
          options={[all, ...sections.map(({ slug, name }) => ({ value: slug, text: textOf(name) }))]}
          change={(section) => say({ section })}
        />
      )}
      <Moment label={t("rules.from")} value={draft.from} change={(from) => say({ from })} />
      <Moment label={t("rules.until")} value={draft.until} change={(until) => say({ until })} />
    </>
  );
}

export function NewRule({ made }: { readonly made: () => void }) {
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const { busy, fault, run } = useDoing();
  const say = (more: Partial<RuleDraft>): void => setDraft((before) => ({ ...before, ...more }));
  const send = (): void =>
    void run(() => ask("merchandising.create", createOf(draft))).then((ok) => {
      if (!ok) return;
      setDraft(EMPTY_DRAFT);
      made();
    });
  return (
    <Panel title={t("rules.new")}>
      <Form send={send} label={t("rules.new")}>
        <div class="grid-form">
          <What draft={draft} say={say} />
          <Where draft={draft} say={say} />
          <Button type="submit" icon="plus" busy={busy} disabled={!isSaid(draft)}>
            {t("rules.make")}
          </Button>
        </div>
      </Form>
      <Fault fault={fault} />
    </Panel>
  );
}
