/** What the mall tells once: the one moment in which it can be read. */
import { useState } from "preact/hooks";
import { t } from "../words/words";
import { Button, Notice } from "./pieces";

interface ToldOnceProps {
  /** What it is, and that it is told now alone. */
  readonly text: string;
  readonly label: string;
  readonly secret: string;
  readonly close: () => void;
}

export function ToldOnce({ text, label, secret, close }: ToldOnceProps) {
  const [copied, setCopied] = useState(false);
  // where the browser does not let pages write to the clipboard, it is selected by hand
  const copy = (): void =>
    void navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <Notice tone="good">
      <p>
        <strong>{text}</strong>
      </p>
      <pre class="secret" dir="ltr" tabIndex={0} aria-label={label}>
        {secret}
      </pre>
      <div class="actions">
        {"clipboard" in navigator && <Button onClick={copy}>{copied ? t("keys.copied") : t("keys.copy")}</Button>}
        <Button kind="quiet" onClick={close}>
          {t("keys.kept")}
        </Button>
      </div>
    </Notice>
  );
}
