/** What ends with a mail: opening an account, and asking for a new password. */
import { useState } from "preact/hooks";
import { language } from "../app/taste";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { Field, Form, NewPassword } from "../parts/fields";
import { Button, Fault, Notice, Title } from "../parts/pieces";
import { t } from "../words/words";

interface FormProps {
  readonly back: () => void;
}

const Back = ({ back }: FormProps) => (
  <div class="actions">
    <Button kind="quiet" onClick={back}>
      {t("signIn.known")}
    </Button>
  </div>
);

export function OpenForm({ back }: FormProps) {
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [sent, setSent] = useState(false);
  const { busy, fault, run } = useDoing();
  const wanted = { email: email.trim(), password, name: name.trim(), language: language.get() };
  const send = (): void => void run(() => ask("registration.begin", wanted)).then(setSent);
  return (
    <>
      <Title>{t("signIn.openTitle")}</Title>
      {sent && <Notice tone="good">{t("signIn.sent", { email })}</Notice>}
      <Form send={send} label={t("signIn.openTitle")}>
        <Field label={t("signIn.name")} complete="name" required value={name} change={setName} />
        <Field label={t("signIn.email")} type="email" complete="email" required value={email} change={setEmail} />
        <NewPassword label={t("signIn.password")} value={password} change={setPassword} />
        <Fault fault={fault} />
        <Button kind="main" type="submit" busy={busy}>
          {t("signIn.open")}
        </Button>
      </Form>
      <Back back={back} />
    </>
  );
}

export function ForgotForm({ back }: FormProps) {
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState(false);
  const { busy, fault, run } = useDoing();
  const send = (): void => void run(() => ask("password.forgot", { email: email.trim() })).then(setSent);
  return (
    <>
      <Title>{t("signIn.forgotTitle")}</Title>
      {sent && <Notice tone="good">{t("signIn.forgotSent", { email })}</Notice>}
      <Form send={send} label={t("signIn.forgotTitle")}>
        <Field label={t("signIn.email")} type="email" complete="email" required value={email} change={setEmail} />
        <Fault fault={fault} />
        <Button kind="main" type="submit" busy={busy}>
          {t("signIn.forgotSend")}
        </Button>
      </Form>
      <Back back={back} />
    </>
  );
}
