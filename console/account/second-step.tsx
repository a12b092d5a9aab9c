/** The second factor, once the first one is proven. */
import { useState } from "preact/hooks";
import { signInSecond } from "../client/session";
import { useDoing } from "../client/use";
import { Field, Form } from "../parts/fields";
import { Button, Fault, Title } from "../parts/pieces";
import { t } from "../words/words";

interface SecondProps {
  readonly challenge: string;
  readonly entered: () => Promise<void>;
}

export function Second({ challenge, entered }: SecondProps) {
  const [code, setCode] = useState("");
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(async () => {
      await signInSecond(challenge, code.trim());
      await entered();
    });
  return (
    <>
      <Title>{t("signIn.codeTitle")}</Title>
      <Form send={send} label={t("signIn.codeTitle")}>
        <Field label={t("signIn.code")} value={code} change={setCode} complete="one-time-code" required max={64} />
        <Fault fault={fault} />
        <Button kind="main" type="submit" busy={busy}>
          {t("signIn")}
        </Button>
      </Form>
    </>
  );
}
