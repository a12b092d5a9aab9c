/** Applying to sell: begun with a name, gone on with part by part, and led by what the mall says is next. */
import { useState } from "preact/hooks";
import type { SellerForm } from "../../models/seller/application.contract";
import type { ApplicationView, OwnApplication } from "../../models/seller/seller.contract";
import { SignInFirst } from "../app/instead";
import { Link } from "../app/router";
import { useStore } from "../app/store";
import { ask } from "../client/ask";
import { person } from "../client/session";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice, Field, Form } from "../parts/fields";
import { Badge, Button, Fault, Notice, Panel, Title, Waiting } from "../parts/pieces";
import { t } from "../words/words";
import { Part, StepsList } from "./application-parts";

const COUNTRIES = ["AT", "BE", "CH", "CZ", "DE", "DK", "ES", "FI", "FR", "GB", "IT", "KR", "NL", "PL", "SE", "US"];
const FORMS = ["company", "sole-trader"] as const satisfies readonly SellerForm[];

const countryName = (code: string): string =>
  new Intl.DisplayNames(document.documentElement.lang, { type: "region" }).of(code) ?? code;

function Begin({ begun }: { readonly begun: () => void }) {
  const [name, setName] = useState("");
  const [country, setCountry] = useState("DE");
  const [form, setForm] = useState<string>("company");
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(async () => {
      await ask("seller.apply", { name: name.trim(), country, form: form as SellerForm });
      begun();
    });
  return (
    <Panel title={t("apply.begin")}>
      <Form send={send} label={t("apply.begin")}>
        <div class="stack">
          <Field label={t("apply.name")} value={name} change={setName} max={100} hint={t("apply.nameHint")} required />
          <Choice
            label={t("address.country")}
            value={country}
            options={COUNTRIES.map((value) => ({ value, text: countryName(value) }))}
            change={setCountry}
          />
          <Choice
            label={t("apply.form")}
            value={form}
            options={FORMS.map((value) => ({ value, text: t(`apply.form.${value}`) }))}
            change={setForm}
          />
          <Fault fault={fault} />
          <Button kind="main" type="submit" busy={busy} disabled={name.trim() === ""}>
            {t("apply.begin")}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

interface ViewProps {
  readonly view: ApplicationView;
  readonly again: () => void;
}

/** What can be done with the whole of it, by where it stands. */
function Standing({ view, again }: ViewProps) {
  const { busy, fault, run } = useDoing();
  const { id, status, next } = view;
  const act = (work: () => Promise<unknown>): void => void run(work).then((ok) => ok && again());
  return (
    <>
      {status === "draft" && next === null && (
        <Notice tone="good">
          <p>{t("apply.complete")}</p>
          <Button kind="main" busy={busy} onClick={() => act(() => ask("seller.submit", { id }))}>
            {t("apply.submit")}
          </Button>
        </Notice>
      )}
      {status === "submitted" && (
        <Notice>
          <p>{t("apply.submitted")}</p>
          <Button busy={busy} onClick={() => act(() => ask("seller.withdraw", { id }))}>
            {t("apply.withdraw")}
          </Button>
        </Notice>
      )}
      {status === "active" && (
        <Notice tone="good">
          <p>{t("apply.active")}</p>
          <Link class="button main" to={`/seller?of=${id}`}>
            {t("room.seller")}
          </Link>
        </Notice>
      )}
      <Fault fault={fault} />
    </>
  );
}

function Application({ id }: { readonly id: string }) {
  const answer = useAsk("seller.application", { id });
  return (
    <Answered answer={answer} lines={6}>
      {(view) => (
        <div class="stack">
          <p>
            <strong>{view.name}</strong> <Badge tone="info">{t(`seller.status.${view.status}`)}</Badge>
          </p>
          {view.reasons.map(({ part, why }) => (
            <Notice key={part + why} tone="warn">
              {t("apply.returned")} {why}
            </Notice>
          ))}
          <Standing view={view} again={answer.again} />
          <StepsList view={view} />
          {view.status === "draft" &&
            view.steps.map(({ part }) => (
              <Part key={`${part}-${view.version}`} view={view} part={part} saved={answer.again} />
            ))}
        </div>
      )}
    </Answered>
  );
}

/** The one that is under way, else the one that sells; a closed one is over. */
const goneOn = (items: readonly OwnApplication[]): OwnApplication | undefined =>
  items.find(({ status }) => status === "draft" || status === "submitted") ??
  items.find(({ status }) => status !== "closed");

/** The mall knows what somebody has applied for: they go on at whatever device. */
function Applying() {
  const answer = useAsk("seller.mine", {});
  return (
    <Answered answer={answer} lines={6}>
      {({ items }) => {
        const own = goneOn(items);
        return own ? <Application id={own.id} /> : <Begin begun={answer.again} />;
      }}
    </Answered>
  );
}

export function SellPage() {
  const who = useStore(person);
  if (who === undefined) return <Waiting />;
  if (who === null) return <SignInFirst area="seller" signedIn={false} />;
  return (
    <>
      <Title>{t("apply.title")}</Title>
      <p class="lead">{t("apply.lead")}</p>
      <Applying />
    </>
  );
}
