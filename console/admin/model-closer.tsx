/** A model looked at closely: when it is trained, whether its world moved, how the one that watches decides. */
import { useState } from "preact/hooks";
import type { ModelView } from "../../models/model/model.contract";
import type { ModelDrift } from "../../models/model/model.drift.contract";
import type { Compared } from "../../models/model/model.shadow.contract";
import { ask } from "../client/ask";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice } from "../parts/fields";
import { countOf } from "../parts/format";
import { Badge, Button, Figure, InEnglish, Notice } from "../parts/pieces";
import { t, told } from "../words/words";

type Act = (work: () => Promise<unknown>) => void;

interface CloserProps {
  readonly model: ModelView;
  readonly act: Act;
}

const HOURS = [0, 24, 168, 720] as const;

export function Schedule({ model: { id, everyHours }, act }: CloserProps) {
  const known: readonly number[] = HOURS;
  const all = known.includes(everyHours) ? known : [...known, everyHours];
  const textOf = (hours: number): string => told(`models.every.${hours}`) ?? t("models.everyHours", { n: hours });
  return (
    <Choice
      quiet
      label={t("models.every")}
      value={String(everyHours)}
      options={all.map((hours) => ({ value: String(hours), text: textOf(hours) }))}
      change={(value) => act(() => ask("model.schedule", { id, everyHours: Number(value) }))}
    />
  );
}

const figure = (value: number | null, digits = 2): string => (value === null ? "–" : value.toFixed(digits));

function Drift({ drift }: { readonly drift: ModelDrift }) {
  const { recent, reference, score, features, calibration, alarm } = drift;
  return (
    <>
      <h3>{t("models.drift")}</h3>
      {alarm === null ? (
        <p class="soft">{score === null ? t("models.tooFew") : t("models.calm")}</p>
      ) : (
        <Notice tone="warn">
          <InEnglish>{alarm}</InEnglish>
        </Notice>
      )}
      <dl class="figures">
        <Figure label={t("models.recent")} value={countOf(recent.count)} />
        <Figure label={t("models.before")} value={countOf(reference.count)} />
        <Figure label={t("models.psi")} value={figure(score)} tone={alarm === null ? "plain" : "bad"} />
        {calibration !== null && (
          <Figure
            label={t("models.said", { n: calibration.count })}
            value={`${figure(calibration.said, 3)} / ${figure(calibration.came, 3)}`}
          />
        )}
      </dl>
      <ul class="told">
        {features.slice(0, 5).map(({ name, psi }) => (
          <li key={name}>
            {told(`feature.${name}`) ?? name}: <span class="numbers">{figure(psi)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** `allow>review` in words. */
const movedOf = (name: string): string =>
  name
    .split(">")
    .map((verdict) => told(`verdict.${verdict}`) ?? verdict)
    .join(" → ");

function Beside({ compared }: { readonly compared: Compared }) {
  const { shadow, decisions, same, moved, cameTrue } = compared;
  if (shadow === null) return <p class="soft">{t("models.noShadow")}</p>;
  return (
    <>
      <p>{t("models.beside", { number: shadow.number, n: decisions, same })}</p>
      <ul class="told">
        {Object.entries(moved).map(([name, count]) => (
          <li key={name}>
            {movedOf(name)}: <strong class="numbers">{countOf(count)}</strong>
          </li>
        ))}
      </ul>
      {cameTrue !== null && (
        <p>
          {t("models.right", { n: cameTrue.count, decided: cameTrue.decided, shadow: cameTrue.shadow })}{" "}
          <Badge tone={cameTrue.shadow >= cameTrue.decided ? "good" : "bad"}>{t("standing.shadow")}</Badge>
        </p>
      )}
    </>
  );
}

function Closer({ model: { id, champion }, act }: CloserProps) {
  const drift = useAsk("model.drift", { id });
  const compared = useAsk("model.compare", { id, decisions: 200 });
  return (
    <div class="stack">
      <Answered answer={drift}>{(found) => <Drift drift={found} />}</Answered>
      <h3>{t("models.shadowTitle")}</h3>
      <Answered answer={compared}>{(found) => <Beside compared={found} />}</Answered>
      {champion !== null && (
        <Button small onClick={() => act(() => ask("model.guard", { id }).then(drift.again))}>
          {t("models.guard")}
        </Button>
      )}
    </div>
  );
}

/** Asked for only when somebody wants to see it. */
export function CloserLook({ model, act }: CloserProps) {
  const [open, setOpen] = useState(false);
  return (
    <details class="further" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("models.closer")}</summary>
      {open && <Closer key={`${model.version}`} model={model} act={act} />}
    </details>
  );
}
