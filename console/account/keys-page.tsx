/** Keys of programs: each acts for whoever made it, within what it was given; its secret is told once. */
import { useState } from "preact/hooks";
import type { KeyScope, ListedKey, MadeKey } from "../../models/apikey/apikey.contract";
import { SignInFirst } from "../app/instead";
import { useStore } from "../app/store";
import { ask } from "../client/ask";
import { person } from "../client/session";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Dialog } from "../parts/dialog";
import { Check, Field, Form } from "../parts/fields";
import { countOf, dayOf } from "../parts/format";
import { Button, Fault, InEnglish, Panel, Title, Waiting } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { ToldOnce } from "../parts/told-once";
import { t } from "../words/words";
import { chosenOf, groupsOf, openedBy, SCOPES_MAX } from "./scopes";

interface AgainProps {
  readonly again: () => void;
}

function Revoke({ one: { id, name }, again }: AgainProps & { readonly one: ListedKey }) {
  const [sure, setSure] = useState(false);
  const { busy, fault, run } = useDoing();
  const end = (): void => void run(() => ask("apikey.end", { id })).then((ok) => ok && again());
  const act = (
    <Button kind="bad" busy={busy} onClick={end}>
      {t("keys.revoke")}
    </Button>
  );
  return (
    <>
      <Button small label={`${t("keys.revoke")}: ${name}`} onClick={() => setSure(true)}>
        {t("keys.revoke")}
      </Button>
      {sure && (
        <Dialog title={t("keys.revokeTitle", { name })} close={() => setSure(false)} actions={act}>
          <p>{t("keys.revokeText")}</p>
          <Fault fault={fault} />
        </Dialog>
      )}
    </>
  );
}

const columns = (again: () => void): Column<ListedKey>[] => [
  { head: t("keys.name"), cell: ({ name }) => <strong>{name}</strong> },
  { head: t("keys.begins"), cell: ({ prefix }) => <code dir="ltr">{prefix}…</code> },
  {
    head: t("keys.may"),
    cell: ({ scopes }) => (
      <details>
        <summary>{countOf(scopes.length)}</summary>
        <small>
          <InEnglish>{scopes.join(", ")}</InEnglish>
        </small>
      </details>
    ),
  },
  { head: t("keys.made"), cell: ({ madeAt }) => dayOf(madeAt) },
  { head: t("keys.used"), cell: ({ usedOn }) => (usedOn === null ? t("keys.never") : dayOf(usedOn)) },
  { head: "", cell: (one) => <Revoke one={one} again={again} />, end: true },
];

interface ScopesProps {
  readonly scopes: readonly KeyScope[];
  readonly chosen: ReadonlySet<string>;
  readonly change: (chosen: ReadonlySet<string>) => void;
}

/** Each permission with what it opens. */
const Scopes = ({ scopes, chosen, change }: ScopesProps) => (
  <fieldset class="scopes">
    <legend>{t("keys.choose", { max: SCOPES_MAX })}</legend>
    {groupsOf(scopes).map(([group, members]) => (
      <div key={group} class="scope-group">
        {members.map(({ scope, opens }) => (
          <Check key={scope} checked={chosen.has(scope)} change={(yes) => change(chosenOf(chosen, scope, yes))}>
            <code dir="ltr">{scope}</code>{" "}
            <small class="soft">
              <InEnglish>{openedBy(opens)}</InEnglish>
            </small>
          </Check>
        ))}
      </div>
    ))}
  </fieldset>
);

function Make({ scopes, again }: AgainProps & { readonly scopes: readonly KeyScope[] }) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [made, setMade] = useState<MadeKey | null>(null);
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(async () => {
      setMade(await ask("apikey.make", { name: name.trim(), scopes: [...chosen] }));
      setName("");
      setChosen(new Set());
      again();
    });
  const said = name.trim() !== "" && chosen.size > 0 && chosen.size <= SCOPES_MAX;
  return (
    <Panel title={t("keys.new")}>
      {made !== null && (
        <ToldOnce text={t("keys.once")} label={t("keys.key")} secret={made.key} close={() => setMade(null)} />
      )}
      <Form send={send} label={t("keys.new")}>
        <div class="stack">
          <Field label={t("keys.name")} hint={t("keys.nameHint")} required max={100} value={name} change={setName} />
          <Scopes scopes={scopes} chosen={chosen} change={setChosen} />
          <Fault fault={fault} />
          <Button kind="main" type="submit" icon="plus" busy={busy} disabled={!said}>
            {t("keys.make")}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

function Keys() {
  const answer = useAsk("apikey.list", {});
  return (
    <Answered answer={answer}>
      {({ items, scopes }) => (
        <div class="stack">
          {items.length === 0 ? (
            <p class="soft">{t("keys.none")}</p>
          ) : (
            <Table label={t("keys.title")} rows={items} columns={columns(answer.again)} keyOf={({ id }) => id} />
          )}
          <Make scopes={scopes} again={answer.again} />
        </div>
      )}
    </Answered>
  );
}

export function KeysPage() {
  const who = useStore(person);
  if (who === undefined) return <Waiting />;
  // a token of an administrator is nobody's account
  if (who === null || who.all) return <SignInFirst area="shop" signedIn={who !== null} />;
  return (
    <>
      <Title over={who.email ?? ""}>{t("keys.title")}</Title>
      <p class="lead">{t("keys.lead")}</p>
      <Keys />
    </>
  );
}
