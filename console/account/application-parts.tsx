/** The parts of an application: which are done, what is to be done next, and where it is said. */
import { useState } from "preact/hooks";
import type { Part as PartName, Step, StepState } from "../../models/seller/guide.contract";
import type { ApplicationView } from "../../models/seller/seller.contract";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Field, Form } from "../parts/fields";
import { Icon } from "../parts/icon";
import { Button, Fault, InEnglish } from "../parts/pieces";
import { t } from "../words/words";
import { FIELDS, sentOf, valuesOf, type Values } from "./application-values";

const DONE: readonly StepState[] = ["done", "done-unchecked"];
const Said = ({ step }: { readonly step: Step }) => {
  if (DONE.includes(step.state)) return <small class="soft">{t(`apply.state.${step.state}`)}</small>;
  return (
    <small>
      {t(`apply.todo.${step.part}`)}{" "}
      {step.state === "wrong" && <InEnglish>{`${step.why ?? ""} ${step.todo ?? ""}`}</InEnglish>}
    </small>
  );
};

export const StepsList = ({ view }: { readonly view: ApplicationView }) => (
  <ol class="checks steps" aria-label={t("apply.steps")}>
    {view.steps.map((step) => (
      <li
        key={step.part}
        class={DONE.includes(step.state) ? "good" : step.state === "wrong" ? "bad" : "open"}
        aria-current={view.next?.part === step.part ? "step" : undefined}
      >
        <Icon name={DONE.includes(step.state) ? "check" : "next"} mirrored={!DONE.includes(step.state)} />
        <strong>{t(`apply.part.${step.part}`)}</strong>
        <Said step={step} />
      </li>
    ))}
  </ol>
);

interface PartProps {
  readonly view: ApplicationView;
  readonly part: PartName;
  readonly saved: () => void;
}

export function Part({ view, part, saved }: PartProps) {
  const [values, setValues] = useState<Values>(valuesOf(view, part));
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(() => ask("seller.save", { id: view.id, [part]: sentOf(part, values) })).then((ok) => ok && saved());
  return (
    <details class="panel" open={view.next?.part === part}>
      <summary>{t(`apply.part.${part}`)}</summary>
      <Form send={send} label={t(`apply.part.${part}`)}>
        <div class="grid-form">
          {FIELDS[part].map((field) => (
            <Field
              key={field}
              label={t(`apply.field.${field}`)}
              value={values[field] ?? ""}
              change={(value) => setValues((before) => ({ ...before, [field]: value }))}
            />
          ))}
        </div>
        <Fault fault={fault} />
        <div class="actions">
          <Button kind="main" type="submit" busy={busy}>
            {t("save")}
          </Button>
        </div>
      </Form>
    </details>
  );
}
