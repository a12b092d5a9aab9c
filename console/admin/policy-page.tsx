/** What is done about the risk of payments, and what another policy would have done with those of the past. */
import { useState } from "preact/hooks";
import type {
  FraudPolicyView,
  FraudRuleTerms,
  FraudThresholds,
  Simulated,
} from "../../models/fraudpolicy/fraudpolicy.contract";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Form } from "../parts/fields";
import { featureOf, percentOf } from "../parts/format";
import { Button, Fault, Notice, Panel, Title } from "../parts/pieces";
import { Range } from "../parts/range";
import { Table, type Column } from "../parts/table";
import { t } from "../words/words";
import { RuleForm } from "./policy-rule";
import { WhatIf } from "./what-if";

const STEPS = ["challenge", "review", "block"] as const;
const DECISIONS = 1_000;

/** A threshold never stands above the next harder one: what is moved pushes the others along. */
function pushed(before: FraudThresholds, moved: (typeof STEPS)[number], value: number): FraudThresholds {
  const at = STEPS.indexOf(moved);
  const next = STEPS.map((step, i) => {
    if (i === at) return value;
    return i < at ? Math.min(before[step], value) : Math.max(before[step], value);
  });
  return { challenge: next[0] ?? 0, review: next[1] ?? 0, block: next[2] ?? 0 };
}

const columns = (drop: (name: string) => void): Column<FraudRuleTerms>[] => [
  { head: t("policy.rule"), cell: ({ name }) => name },
  { head: t("policy.when"), cell: ({ feature, atLeast }) => `${featureOf(feature)} ≥ ${atLeast}` },
  { head: t("policy.then"), cell: ({ outcome }) => t(`verdict.${outcome}`) },
  {
    head: t("policy.act"),
    cell: ({ name }) => (
      <Button small label={`${t("cart.remove")}: ${name}`} onClick={() => drop(name)}>
        {t("cart.remove")}
      </Button>
    ),
    end: true,
  },
];

interface EditorProps {
  readonly policy: FraudPolicyView;
  readonly saved: () => void;
}

function Editor({ policy, saved }: EditorProps) {
  const [thresholds, setThresholds] = useState(policy.thresholds);
  const [rules, setRules] = useState<readonly FraudRuleTerms[]>(policy.rules);
  const [told, setTold] = useState<Simulated | null>(null);
  const { busy, fault, run } = useDoing();
  const terms = { thresholds, rules };
  const simulate = (): void =>
    void run(async () => setTold(await ask("fraudpolicy.simulate", { ...terms, decisions: DECISIONS })));
  const { releaseAloneMaxMinor } = policy;
  const save = (): void => void run(() => ask("fraudpolicy.set", { ...terms, releaseAloneMaxMinor })).then(saved);
  return (
    <>
      <Panel title={t("policy.thresholds")}>
        <Form send={simulate} label={t("policy.thresholds")}>
          {STEPS.map((step) => (
            <Range
              key={step}
              label={t(`policy.${step}`)}
              value={thresholds[step]}
              said={percentOf(thresholds[step])}
              change={(value) => setThresholds((before) => pushed(before, step, value))}
            />
          ))}
          <div class="actions">
            <Button kind="main" icon="play" type="submit" busy={busy}>
              {t("policy.simulate")}
            </Button>
            <Button busy={busy} onClick={save}>
              {t("policy.save")}
            </Button>
          </div>
        </Form>
        <Fault fault={fault} />
      </Panel>
      {told !== null && <WhatIf told={told} />}
      <Panel title={t("policy.rules")}>
        {rules.length === 0 && <p class="soft">{t("policy.noRules")}</p>}
        {rules.length > 0 && (
          <Table
            label={t("policy.rules")}
            rows={rules}
            columns={columns((name) => setRules(rules.filter((one) => one.name !== name)))}
            keyOf={({ name }) => name}
          />
        )}
        <RuleForm add={(rule) => setRules([...rules.filter(({ name }) => name !== rule.name), rule])} />
      </Panel>
    </>
  );
}

export function PolicyPage() {
  const answer = useAsk("fraudpolicy.get", {});
  const [saved, setSaved] = useState(false);
  return (
    <>
      <Title>{t("admin.policy")}</Title>
      <p class="lead">{t("policy.lead")}</p>
      {saved && <Notice tone="good">{t("policy.saved")}</Notice>}
      <Answered answer={answer}>
        {(policy) => (
          <Editor
            key={policy.version}
            policy={policy}
            saved={() => {
              setSaved(true);
              answer.again();
            }}
          />
        )}
      </Answered>
    </>
  );
}
