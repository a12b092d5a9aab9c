/** The administrator's way in, by the token that the start prints. */
import { useState } from "preact/hooks";
import { enterByToken } from "../client/session";
import { Field, Form } from "../parts/fields";
import { Button, Notice } from "../parts/pieces";
import { t } from "../words/words";

export function TokenForm({ entered }: { readonly entered: () => Promise<void> }) {
  const [token, setToken] = useState("");
  const [bad, setBad] = useState(false);
  const send = (): void => {
    const ok = enterByToken(token.trim());
    setBad(!ok);
    if (ok) void entered();
  };
  return (
    <details>
      <summary>{t("signIn.token")}</summary>
      <Form send={send} label={t("signIn.token")}>
        <Field
          label={t("signIn.tokenLabel")}
          hint={t("signIn.tokenHint")}
          type="password"
          required
          max={8_192}
          value={token}
          change={setToken}
        />
        {bad && <Notice tone="bad">{t("signIn.tokenBad")}</Notice>}
        <Button type="submit">{t("signIn")}</Button>
      </Form>
    </details>
  );
}
