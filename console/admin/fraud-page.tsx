/** Payments that wait until a person has looked at them: how much, how risky, why, and what shall become of them. */
import { useState } from "preact/hooks";
import type { AssessmentStatus, AssessmentView } from "../../models/assessment/assessment.contract";
import { Link } from "../app/router";
import { ask, isPending } from "../client/ask";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice } from "../parts/fields";
import { percentOf, priceOf, textOf } from "../parts/format";
import { LeftLine } from "../parts/left-line";
import { Badge, Empty, Panel, Title, type Tone } from "../parts/pieces";
import { Verdict } from "../parts/verdict";
import { t } from "../words/words";
import { RiskWarnings } from "./risk-warnings";
import { SecondPerson } from "./second-person";

const STATUSES = ["waiting", "released", "rejected", "lapsed"] as const satisfies readonly AssessmentStatus[];

const tones: Readonly<Record<AssessmentStatus, Tone>> = {
  waiting: "warn",
  released: "good",
  rejected: "bad",
  lapsed: "plain",
};

interface HeldProps {
  readonly held: AssessmentView;
  readonly again: () => void;
}

/** What is worth much is released by two people: the first one asks, the second one agrees. */
const isLarge = ({ amountMinor, releaseAloneMaxMinor }: AssessmentView): boolean => amountMinor > releaseAloneMaxMinor;

function Decide({ held, again }: HeldProps) {
  const [asked, setAsked] = useState(false);
  const { id } = held;
  const release = async (): Promise<void> => {
    const answer = await ask(isLarge(held) ? "assessment.releaseTogether" : "assessment.release", { id });
    setAsked(isPending(answer));
  };
  if (asked) return <SecondPerson />;
  return (
    <Verdict
      yes={isLarge(held) ? t("fraud.releaseTogether") : t("fraud.release")}
      approve={release}
      reject={(note) => ask("assessment.reject", { id, note })}
      done={again}
    />
  );
}

function Held({ held, again }: HeldProps) {
  const { id, status, amountMinor, currency, probability, reasons, decisionId } = held;
  return (
    <Panel
      title={priceOf(amountMinor, currency)}
      aside={<Badge tone={tones[status]}>{t(`assessment.${status}`)}</Badge>}
    >
      <p>
        <strong>{t("fraud.probability", { percent: percentOf(probability, 1) })}</strong>
      </p>
      {reasons.length > 0 && (
        <ul class="told">
          {reasons.map((reason, i) => (
            <li key={i}>{textOf(reason)}</li>
          ))}
        </ul>
      )}
      <LeftLine of={held}>
        <Link to={`/admin/time/checkout/${id}`}>{t("checkout.title")}</Link>
        {" · "}
        <Link to={`/admin/time/decision/${decisionId}`}>{t("fraud.decision")}</Link>
      </LeftLine>
      {status === "waiting" && <Decide held={held} again={again} />}
    </Panel>
  );
}

export function FraudPage() {
  const [status, setStatus] = useState<string>("waiting");
  const chosen = STATUSES.find((one) => one === status);
  const answer = useAsk("assessment.list", { limit: 50, ...(chosen !== undefined && { status: chosen }) });
  const options = STATUSES.map((value) => ({ value, text: t(`assessment.${value}`) }));
  return (
    <>
      <Title aside={<Choice quiet label={t("approvals.status")} value={status} options={options} change={setStatus} />}>
        {t("fraud.title")}
      </Title>
      <p class="lead">{t("fraud.lead")}</p>
      <RiskWarnings />
      <Answered answer={answer}>
        {({ items }) => (
          <>
            {items.length === 0 && (
              <Empty icon="shield" title={t("fraud.none")}>
                <Link class="button" to="/admin/policy">
                  {t("admin.policy")}
                </Link>
              </Empty>
            )}
            {items.map((held) => (
              <Held key={held.id} held={held} again={answer.again} />
            ))}
          </>
        )}
      </Answered>
    </>
  );
}
