/** Where the links of the mall's mails lead. The code stands behind the `#`, which no server ever sees. */
import { useEffect, useState } from "preact/hooks";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Field, Form, NewPassword } from "../parts/fields";
import { Button, Fault, Notice, Title } from "../parts/pieces";
import { t } from "../words/words";
import { codeInAddress } from "./code-in-address";

const SignInLink = () => (
  <Link class="button main" to="/sign-in">
    {t("signIn")}
  </Link>
);

export function VerifyPage() {
  const [code, setCode] = useState(codeInAddress);
  const [done, setDone] = useState(false);
  const { busy, fault, run } = useDoing();
  const send = (): void => void run(() => ask("registration.verify", { code: code.trim() })).then(setDone);
  useEffect(() => {
    if (code !== "") send();
  }, []);
  return (
    <>
      <Title>{t("verify.title")}</Title>
      {done ? (
        <>
          <Notice tone="good">{t("verify.done")}</Notice>
          <SignInLink />
        </>
      ) : (
        <Form send={send} label={t("verify.title")}>
          <Field label={t("verify.code")} required max={128} value={code} change={setCode} />
          <Fault fault={fault} />
          <Button kind="main" type="submit" busy={busy}>
            {t("verify.send")}
          </Button>
        </Form>
      )}
    </>
  );
}

export function ResetPage() {
  const [code, setCode] = useState(codeInAddress);
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const { busy, fault, run } = useDoing();
  const send = (): void => void run(() => ask("password.reset", { code: code.trim(), password })).then(setDone);
  return (
    <>
      <Title>{t("reset.title")}</Title>
      {done ? (
        <>
          <Notice tone="good">{t("reset.done")}</Notice>
          <SignInLink />
        </>
      ) : (
        <Form send={send} label={t("reset.title")}>
          <Field label={t("verify.code")} required max={128} value={code} change={setCode} />
          <NewPassword label={t("reset.password")} value={password} change={setPassword} />
          <Fault fault={fault} />
          <Button kind="main" type="submit" busy={busy}>
            {t("save")}
          </Button>
        </Form>
      )}
    </>
  );
}
