/** A further rule of the policy, in the mall's words. */
import { useState } from "preact/hooks";
import type { FraudRuleTerms, FraudVerdict } from "../../models/fraudpolicy/fraudpolicy.contract";
import { Choice, Field, Form } from "../parts/fields";
import { featureOf } from "../parts/format";
import { Button } from "../parts/pieces";
import { t } from "../words/words";
import { FEATURES, OUTCOMES } from "./policy-features";

const NAME = /^[a-z][a-z0-9-]{0,63}$/;

export function RuleForm({ add }: { readonly add: (rule: FraudRuleTerms) => void }) {
  const [name, setName] = useState("");
  const [feature, setFeature] = useState<string>(FEATURES[0]);
  const [atLeast, setAtLeast] = useState("1");
  const [outcome, setOutcome] = useState<string>("review");
  const bound = Number(atLeast.replace(",", "."));
  const send = (): void => {
    add({ name, feature, atLeast: bound, outcome: outcome as FraudVerdict });
    setName("");
  };
  return (
    <Form send={send} label={t("policy.add")}>
      <div class="grid-form">
        <Field label={t("policy.name")} value={name} change={setName} max={64} hint={t("policy.nameHint")} />
        <Choice
          label={t("policy.feature")}
          value={feature}
          options={FEATURES.map((value) => ({ value, text: featureOf(value) }))}
          change={setFeature}
        />
        <Field label={t("policy.atLeast")} value={atLeast} change={setAtLeast} max={20} decimal />
        <Choice
          label={t("policy.then")}
          value={outcome}
          options={OUTCOMES.map((value) => ({ value, text: t(`verdict.${value}`) }))}
          change={setOutcome}
        />
        <Button type="submit" icon="plus" disabled={!NAME.test(name) || !Number.isFinite(bound)}>
          {t("policy.add")}
        </Button>
      </div>
    </Form>
  );
}
