/** What one proves oneself by: the password, and a second factor. */
import { useState } from "preact/hooks";
import type { Me } from "../../models/account/me.contract";
import type { Prepared } from "../../models/credential/credential.contract";
import { ask } from "../client/ask";
import { goOnWith } from "../client/session";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Field, Form, NewPassword } from "../parts/fields";
import { Badge, Button, Fault, Notice, Panel } from "../parts/pieces";
import { t } from "../words/words";

interface PasswordProps {
  readonly value: string;
  readonly change: (value: string) => void;
}

const Current = (props: PasswordProps) => (
  <Field {...props} label={t("security.current")} type="password" complete="current-password" required />
);

const OneTime = (props: PasswordProps) => (
  <Field {...props} label={t("signIn.code")} complete="one-time-code" required max={64} />
);

function ChangePassword() {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(async () => {
      goOnWith(await ask("proof.password", { current, password }));
      setCurrent("");
      setPassword("");
    }).then(setDone);
  return (
    <details class="further">
      <summary>{t("security.password")}</summary>
      <Form send={send} label={t("security.password")}>
        <div class="stack">
          <Current value={current} change={setCurrent} />
          <NewPassword label={t("reset.password")} value={password} change={setPassword} />
          <Fault fault={fault} />
          {done && <Notice tone="good">{t("security.changed")}</Notice>}
          <Button type="submit" busy={busy} disabled={current === "" || password === ""}>
            {t("security.password")}
          </Button>
        </div>
      </Form>
    </details>
  );
}

interface StepProps {
  readonly again: () => void;
}

function Confirm({ prepared, again }: StepProps & { readonly prepared: Prepared }) {
  const [code, setCode] = useState("");
  const { busy, fault, run } = useDoing();
  const send = (): void => void run(() => ask("proof.confirm", { code: code.trim() })).then((ok) => ok && again());
  const { secret, uri, recoveryCodes } = prepared;
  return (
    <Form send={send} label={t("security.confirm")}>
      <div class="stack">
        <p>{t("security.scan")}</p>
        <p>
          <a href={uri}>{t("security.app")}</a> <code dir="ltr">{secret}</code>
        </p>
        <p>{t("security.recovery")}</p>
        <pre dir="ltr" tabIndex={0} aria-label={t("security.codes")}>
          {recoveryCodes.join("\n")}
        </pre>
        <OneTime value={code} change={setCode} />
        <Fault fault={fault} />
        <Button kind="main" type="submit" busy={busy} disabled={code.trim() === ""}>
          {t("security.confirm")}
        </Button>
      </div>
    </Form>
  );
}

function TurnOn({ again }: StepProps) {
  const [password, setPassword] = useState("");
  const [prepared, setPrepared] = useState<Prepared | null>(null);
  const { busy, fault, run } = useDoing();
  if (prepared !== null) return <Confirm prepared={prepared} again={again} />;
  const send = (): void => void run(async () => setPrepared(await ask("proof.prepare", { password })));
  return (
    <Form send={send} label={t("security.on")}>
      <div class="stack">
        <Current value={password} change={setPassword} />
        <Fault fault={fault} />
        <Button type="submit" busy={busy} disabled={password === ""}>
          {t("security.on")}
        </Button>
      </div>
    </Form>
  );
}

function TurnOff({ again }: StepProps) {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(() => ask("proof.drop", { password, code: code.trim() })).then((ok) => ok && again());
  return (
    <Form send={send} label={t("security.off")}>
      <div class="stack">
        <Current value={password} change={setPassword} />
        <OneTime value={code} change={setCode} />
        <Fault fault={fault} />
        <Button type="submit" busy={busy} disabled={password === "" || code.trim() === ""}>
          {t("security.off")}
        </Button>
      </div>
    </Form>
  );
}

function SecondFactor({ me, again }: StepProps & { readonly me: Me }) {
  const on = me.secondFactor === "on";
  return (
    <>
      <p>
        {t("security.second")}{" "}
        <Badge tone={on ? "good" : "plain"}>{on ? t("security.isOn") : t("security.isOff")}</Badge>
      </p>
      {me.secondFactorWanted && <Notice tone="warn">{t("security.wanted")}</Notice>}
      <details class="further">
        <summary>{on ? t("security.off") : t("security.on")}</summary>
        {on ? <TurnOff again={again} /> : <TurnOn again={again} />}
      </details>
    </>
  );
}

/** Nothing to change for those who come by a provider alone: they have no password here. */
export function Security() {
  const answer = useAsk("me.get", {});
  return (
    <Panel title={t("security.title")}>
      <Answered answer={answer} lines={2}>
        {(me) =>
          me.hasPassword ? (
            <div class="stack">
              <SecondFactor key={me.secondFactor} me={me} again={answer.again} />
              <ChangePassword />
            </div>
          ) : (
            <p class="soft">{t("security.provider")}</p>
          )
        }
      </Answered>
    </Panel>
  );
}
