/** A rule that lifts what fits: off at first, so that it can be tried before shoppers meet it. */
import { useState } from "preact/hooks";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Choice, Field, Form } from "../parts/fields";
import { Button, Fault, Panel } from "../parts/pieces";
import { t } from "../words/words";

const POINTS = 20;
const TARGETS = ["brand", "category", "attribute"] as const;

export function NewRule({ made }: { readonly made: () => void }) {
  const [words, setWords] = useState("");
  const [target, setTarget] = useState<string>("brand");
  const [value, setValue] = useState("");
  const { busy, fault, run } = useDoing();
  const on = words.trim();
  const send = (): void => {
    const boost = [{ [target]: [value.trim()], points: POINTS }];
    const rule = { kind: "ranking", ...(on !== "" && { when: { words: [on] } }), boost } as const;
    const name = `${on === "" ? "*" : on}: ${value.trim()}`;
    void run(() => ask("merchandising.create", { name, rule })).then((ok) => {
      if (!ok) return;
      setWords("");
      setValue("");
      made();
    });
  };
  const options = TARGETS.map((one) => ({ value: one, text: t(`rules.target.${one}`) }));
  return (
    <Panel title={t("rules.new")}>
      <Form send={send} label={t("rules.new")}>
        <div class="grid-form">
          <Field label={t("rules.words")} value={words} change={setWords} hint={t("rules.wordsHint")} max={100} />
          <Choice label={t("rules.lift")} value={target} options={options} change={setTarget} />
          <Field label={t("rules.value")} value={value} change={setValue} max={100} />
          <Button type="submit" icon="plus" busy={busy} disabled={value.trim() === ""}>
            {t("rules.make")}
          </Button>
        </div>
      </Form>
      <Fault fault={fault} />
    </Panel>
  );
}
