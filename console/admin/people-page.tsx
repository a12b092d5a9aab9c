/** Who may what in the mall: the roles, and the account of somebody who is looked for, with what it was granted. */
import { useState } from "preact/hooks";
import type { AccountView, Grant } from "../../models/account/account.contract";
import type { RoleView } from "../../models/role/role.contract";
import { Link } from "../app/router";
import { ask, isPending } from "../client/ask";
import { HERE, Problem } from "../client/problem";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice, Field, Form } from "../parts/fields";
import { countOf, textOf } from "../parts/format";
import { Badge, Button, Fault, Panel, Title } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { SellerName } from "../shop/seller-name";
import { t } from "../words/words";
import { SecondPerson } from "./second-person";

const isMallWide = ({ id }: RoleView): boolean => id.startsWith("admin-");

const columns = (): Column<RoleView>[] => [
  { head: t("team.role"), cell: ({ id }) => <Link to={`/admin/time/role/${id}`}>{id}</Link> },
  { head: t("sellers.name"), cell: ({ name }) => textOf(name) },
  {
    head: t("people.permissions"),
    cell: ({ permissions }) => (
      <details>
        <summary>{permissions.includes("*") ? t("people.all") : countOf(permissions.length)}</summary>
        <small>{permissions.join(", ")}</small>
      </details>
    ),
  },
  { head: t("orders.state"), cell: ({ version }) => (version === 0 ? t("people.asBuilt") : t("people.changed")) },
];

interface FoundProps {
  readonly account: AccountView;
  readonly again: () => void;
}

function Held({ account: { id }, grant, again }: FoundProps & { readonly grant: Grant }) {
  const { busy, fault, run } = useDoing();
  const { role, party, channels } = grant;
  const taken = { id, role, party, ...(channels && { channels: [...channels] }) };
  const take = (): void => void run(() => ask("account.revoke", taken)).then((ok) => ok && again());
  return (
    <li class="order-row">
      <span>
        <Badge tone="info">{role}</Badge>{" "}
        <span class="soft">{party === null ? t("account.wholeMall") : <SellerName id={party} />}</span>
        <Fault fault={fault} />
      </span>
      <Button small busy={busy} onClick={take}>
        {t("people.revoke")}
      </Button>
    </li>
  );
}

function Give({ account: { id }, again, roles }: FoundProps & { readonly roles: readonly string[] }) {
  const [role, setRole] = useState(roles[0] ?? "");
  const [asked, setAsked] = useState(false);
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(async () => {
      setAsked(isPending(await ask("account.grant", { id, role, party: null })));
      again();
    });
  return (
    <Form send={send} label={t("people.grant")}>
      <div class="stack">
        <Choice
          label={t("team.role")}
          value={role}
          options={roles.map((value) => ({ value, text: value }))}
          change={setRole}
        />
        <Fault fault={fault} />
        {asked && <SecondPerson />}
        <Button type="submit" busy={busy}>
          {t("people.grant")}
        </Button>
      </div>
    </Form>
  );
}

function Account({ id, roles }: { readonly id: string; readonly roles: readonly string[] }) {
  const answer = useAsk("account.get", { id });
  return (
    <Answered answer={answer}>
      {(account) => (
        <Panel
          title={account.name ?? account.email ?? account.id}
          aside={<Link to={`/admin/time/account/${account.id}`}>{t("admin.time")}</Link>}
        >
          <p>
            <bdi>{account.email}</bdi> <code>{account.id}</code>
          </p>
          <ul class="order-rows">
            {account.grants.map((grant) => (
              <Held key={grant.role + (grant.party ?? "")} account={account} grant={grant} again={answer.again} />
            ))}
          </ul>
          <Give account={account} roles={roles} again={answer.again} />
        </Panel>
      )}
    </Answered>
  );
}

/** By the address that they wrote from, or by the number that stands beside what they did. */
function Find({ roles }: { readonly roles: readonly string[] }) {
  const [typed, setTyped] = useState("");
  const [id, setId] = useState<string | null>(null);
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(async () => {
      const wanted = typed.trim();
      const found = wanted.includes("@") ? (await ask("account.find", { email: wanted })).accountId : wanted;
      setId(found);
      if (found === null) throw new Problem(HERE, 0, t("people.nobody"));
    });
  return (
    <>
      <Panel title={t("people.find")}>
        <Form send={send} label={t("people.find")}>
          <div class="stack">
            <Field label={t("people.who")} value={typed} change={setTyped} max={254} required />
            <Fault fault={fault} />
            <Button kind="main" type="submit" busy={busy} disabled={typed.trim() === ""}>
              {t("people.find")}
            </Button>
          </div>
        </Form>
      </Panel>
      {id !== null && <Account key={id} id={id} roles={roles} />}
    </>
  );
}

export function PeoplePage() {
  const answer = useAsk("role.list", {});
  return (
    <>
      <Title>{t("admin.people")}</Title>
      <p class="lead">{t("people.lead")}</p>
      <Answered answer={answer} lines={8}>
        {({ items }) => (
          <div class="stack">
            <Find roles={items.filter(isMallWide).map(({ id }) => id)} />
            <Table label={t("people.roles")} rows={items} columns={columns()} keyOf={({ id }) => id} />
          </div>
        )}
      </Answered>
    </>
  );
}
