/** A rule of search, further or changed: what it does, upon which words, to what, where and when. Off at first. */
import { useState } from "preact/hooks";
import type { MerchandisingView } from "../../models/merchandising/merchandising.result.contract";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Choice, Field, Form, Moment } from "../parts/fields";
import { textOf } from "../parts/format";
import { Button, Fault, Notice, Panel } from "../parts/pieces";
import { t } from "../words/words";
import { draftOf, placeOf, reviseOf } from "./rule-change";
import {
  createOf,
  DEEDS,
  EMPTY_DRAFT,
  hasPoints,
  hasTarget,
  isPlaced,
  isSaid,
  kindOf,
  needsWords,
  POINTS_MAX,
  TARGETS,
  type Deed,
  type RuleDraft,
} from "./rule-draft";

interface SayProps {
  readonly draft: RuleDraft;
  readonly say: (more: Partial<RuleDraft>) => void;
}

/** A rule stays one of its kind; synonyms are made beside what shoppers say. */
const deedsFor = (kept: Deed | null): Deed[] =>
  DEEDS.filter((one) => (kept === null ? one !== "synonyms" : kindOf(one) === kindOf(kept)));

const wordsHint = (deed: Deed): string => {
  if (deed === "synonyms") return t("rules.oneWayHint");
  return needsWords(deed) ? t("rules.several") : t("rules.wordsHint");
};

/** By what is reached, and how strongly. */
function Reached({ draft: { deed, target, points }, say }: SayProps) {
  return (
    <>
      <Choice
        label={t("rules.reach")}
        value={target}
        options={TARGETS.map((one) => ({ value: one, text: t(`rules.target.${one}`) }))}
        change={(next) => say({ target: TARGETS.find((one) => one === next) ?? target })}
      />
      {hasPoints(deed) && (
        <Field
          decimal
          label={t("rules.points")}
          value={points}
          change={(next) => say({ points: next })}
          hint={t("rules.pointsHint", { max: POINTS_MAX })}
          max={4}
        />
      )}
    </>
  );
}

function What({ draft, say, kept }: SayProps & { readonly kept: Deed | null }) {
  const { deed, words, value } = draft;
  const deeds = deedsFor(kept);
  return (
    <>
      {deeds.length > 1 && (
        <Choice
          label={t("rules.does")}
          value={deed}
          options={deeds.map((one) => ({ value: one, text: t(`rules.deed.${one}`) }))}
          change={(next) => say({ deed: DEEDS.find((one) => one === next) ?? deed })}
        />
      )}
      <Field
        label={t("rules.words")}
        value={words}
        change={(next) => say({ words: next })}
        hint={wordsHint(deed)}
        max={500}
      />
      {hasTarget(deed) && <Reached draft={draft} say={say} />}
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

/** Everywhere, where nothing is said. Said once: who may write a rule depends on it. */
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
    </>
  );
}

/** Always, where nothing is said. */
const When = ({ draft: { name, priority, from, until }, say }: SayProps) => (
  <>
    <Moment label={t("rules.from")} value={from} change={(next) => say({ from: next })} />
    <Moment label={t("rules.until")} value={until} change={(next) => say({ until: next })} />
    <Field
      label={t("rules.name")}
      value={name}
      change={(next) => say({ name: next })}
      hint={t("rules.nameHint")}
      max={100}
    />
    <Field
      decimal
      label={t("rules.priority")}
      value={priority}
      change={(next) => say({ priority: next })}
      hint={t("rules.priorityHint")}
      max={4}
    />
  </>
);

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
          <What draft={draft} say={say} kept={null} />
          <Where draft={draft} say={say} />
          <When draft={draft} say={say} />
          <Button type="submit" icon="plus" busy={busy} disabled={!isSaid(draft)}>
            {t("rules.make")}
          </Button>
        </div>
      </Form>
      <Fault fault={fault} />
    </Panel>
  );
}

interface EditProps {
  readonly view: MerchandisingView;
  readonly done: () => void;
}

/** Of a rule that says more than the form can, its place among the others is changed, and what it does is left. */
export function EditRule({ view, done }: EditProps) {
  const known = draftOf(view);
  const [draft, setDraft] = useState(known ?? placeOf(view));
  const { busy, fault, run } = useDoing();
  const say = (more: Partial<RuleDraft>): void => setDraft((before) => ({ ...before, ...more }));
  const fits = known === null ? isPlaced(draft) : isSaid(draft);
  const changes = fits ? reviseOf(view, draft, known !== null) : null;
  const send = (): void => {
    if (changes !== null) void run(() => ask("merchandising.revise", changes)).then((ok) => ok && done());
  };
  return (
    <Form send={send} label={`${t("rules.change")}: ${view.name}`}>
      {known === null && <Notice>{t("rules.beyond")}</Notice>}
      <div class="grid-form">
        {known !== null && <What draft={draft} say={say} kept={known.deed} />}
        <When draft={draft} say={say} />
        <Button type="submit" busy={busy} disabled={changes === null}>
          {t("rules.save")}
        </Button>
      </div>
      <Fault fault={fault} />
    </Form>
  );
}
