/** Signing in, opening an account, asking for a new password: one page, three questions. */
import { useEffect, useRef, useState } from "preact/hooks";
import { queryOf, usePlace } from "../app/router";
import { signIn } from "../client/session";
import { useDoing } from "../client/use";
import { Field, Form } from "../parts/fields";
import { Button, Fault, Title, Waiting } from "../parts/pieces";
import { t } from "../words/words";
import { ByProvider } from "./by-provider";
import { entryIn, type Entry } from "./entry-link";
import { goOn, nextIn } from "./go-on";
import { ForgotForm, OpenForm } from "./open-forms";
import { Second } from "./second-step";
import { TokenForm } from "./token-form";

function useEntered(): () => Promise<void> {
  const next = nextIn(queryOf(usePlace()).get("next"));
  return () => goOn(next);
}

/** Comes by a link of the start. */
function useEntry(enter: (entry: Entry) => void): boolean {
  const first = useRef(entryIn(location.hash));
  useEffect(() => {
    if (first.current === null) return;
    history.replaceState(null, "", location.pathname + location.search);
    enter(first.current);
  }, []);
  return first.current !== null;
}

type Asked = "in" | "open" | "forgot";

const Others = ({ entered, turn }: Omit<InProps, "challenged">) => (
  <>
    <div class="actions">
      <Button kind="quiet" onClick={() => turn("open")}>
        {t("signIn.new")}
      </Button>
      <Button kind="quiet" onClick={() => turn("forgot")}>
        {t("signIn.forgot")}
      </Button>
    </div>
    <ByProvider />
    <section class="aside-note">
      <h2>{t("signIn.demo")}</h2>
      <p>{t("signIn.demoText")}</p>
      <TokenForm entered={entered} />
    </section>
  </>
);

const Entering = () => (
  <>
    <Title>{t("signIn.entering")}</Title>
    <Waiting lines={3} />
  </>
);

function InForm({ entered, challenged, turn }: InProps) {
  const [typed, setTyped] = useState<Entry>({ email: "", password: "" });
  const { busy, fault, run } = useDoing();
  const enter = ({ email, password }: Entry): void =>
    void run(async () => {
      const challenge = await signIn(email.trim(), password);
      if (challenge === null) await entered();
      else challenged(challenge);
    });
  const byLink = useEntry(enter);
  const set = (name: keyof Entry) => (value: string) => setTyped((before) => ({ ...before, [name]: value }));
  if (byLink && busy) return <Entering />;
  return (
    <>
      <Title>{t("signIn.title")}</Title>
      <p class="lead">{t("signIn.lead")}</p>
      <Form send={() => enter(typed)} label={t("signIn")}>
        <Field {...EMAIL} label={t("signIn.email")} value={typed.email} change={set("email")} />
        <Field {...PASSWORD} label={t("signIn.password")} value={typed.password} change={set("password")} />
        <Fault fault={fault} />
        <Button kind="main" type="submit" busy={busy}>
          {t("signIn")}
        </Button>
      </Form>
      <Others entered={entered} turn={turn} />
    </>
  );
}

const EMAIL = { type: "email", complete: "email", required: true } as const;
const PASSWORD = { type: "password", complete: "current-password", required: true } as const;

interface InProps {
  readonly entered: () => Promise<void>;
  readonly challenged: (challenge: string) => void;
  readonly turn: (asked: Asked) => void;
}

export function SignInPage() {
  const [asked, setAsked] = useState<Asked>("in");
  const [challenge, setChallenge] = useState<string | null>(null);
  const entered = useEntered();
  const back = (): void => setAsked("in");
  if (challenge !== null) return <Second challenge={challenge} entered={entered} />;
  if (asked === "open") return <OpenForm back={back} />;
  if (asked === "forgot") return <ForgotForm back={back} />;
  return <InForm entered={entered} challenged={setChallenge} turn={setAsked} />;
}
