/** Asks a person to look at an own review that was held back or not published. */
import { useState } from "preact/hooks";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Area, Form } from "../parts/fields";
import { Button, Fault } from "../parts/pieces";
import { t } from "../words/words";

interface AppealProps {
  /** Of the review. */
  readonly id: string;
  readonly done: () => void;
}

const TEXT_MAX = 500;

export function Appeal({ id, done }: AppealProps) {
  const [text, setText] = useState("");
  const { busy, fault, run } = useDoing();
  const send = (): void => void run(() => ask("review.appeal", { id, text: text.trim() })).then((ok) => ok && done());
  return (
    <details>
      <summary>{t("review.appeal")}</summary>
      <Form send={send} label={t("review.appeal")}>
        <div class="stack">
          <Area label={t("review.appeal.why")} value={text} change={setText} max={TEXT_MAX} />
          <Fault fault={fault} />
          <div class="actions">
            <Button type="submit" busy={busy} disabled={text.trim() === ""}>
              {t("review.appeal.send")}
            </Button>
          </div>
        </div>
      </Form>
    </details>
  );
}
