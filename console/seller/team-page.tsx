/** Who works for the seller: invited by mail, accepted, and let go. */
import { useState } from "preact/hooks";
import type { MembershipHit, MembershipStatus, StaffRole } from "../../models/membership/membership.contract";
import { useStore } from "../app/store";
import { ask } from "../client/ask";
import { person } from "../client/session";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice, Field, Form } from "../parts/fields";
import { Badge, Button, Fault, Notice, Panel, type Tone } from "../parts/pieces";
import { Table, type Column } from "../parts/table";
import { t } from "../words/words";
import { Desk } from "./desk";

const ROLES = ["seller-staff", "seller-owner"] as const satisfies readonly StaffRole[];
const LIMIT = 100;
const tones: Readonly<Record<MembershipStatus, Tone>> = {
  invited: "warn",
  accepted: "info",
  member: "good",
  leaving: "plain",
  ended: "plain",
};

/** Whom it was sent to is asked for one by one: a list tells no addresses. */
function Invited({ id }: { readonly id: string }) {
  const { data } = useAsk("membership.get", { id });
  return <bdi>{data?.email ?? "…"}</bdi>;
}

function Who({ member: { id, status, accountId } }: { readonly member: MembershipHit }) {
  const who = useStore(person);
  if (accountId === null) return status === "invited" ? <Invited id={id} /> : <>–</>;
  return accountId === who?.id ? <strong>{t("team.you")}</strong> : <code>{accountId}</code>;
}

function End({ member: { id, status, accountId }, again }: { readonly member: MembershipHit; again: () => void }) {
  const who = useStore(person);
  const { busy, fault, run } = useDoing();
  const over = status === "ended" || status === "leaving";
  if (over || (accountId !== null && accountId === who?.id)) return null;
  const end = (): void => void run(() => ask("membership.remove", { id })).then((ok) => ok && again());
  return (
    <div class="edit">
      <Fault fault={fault} />
      <Button small busy={busy} onClick={end}>
        {status === "invited" ? t("team.takeBack") : t("team.remove")}
      </Button>
    </div>
  );
}

const columns = (again: () => void): Column<MembershipHit>[] => [
  { head: t("team.who"), cell: (member) => <Who member={member} /> },
  { head: t("team.role"), cell: ({ role }) => t(`team.${role}`) },
  { head: t("orders.state"), cell: ({ status }) => <Badge tone={tones[status]}>{t(`team.${status}`)}</Badge> },
  { head: "", cell: (member) => <End member={member} again={again} />, end: true },
];

function Invite({ sellerId, again }: { readonly sellerId: string; readonly again: () => void }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<StaffRole>("seller-staff");
  const [sent, setSent] = useState<string | null>(null);
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(async () => {
      await ask("membership.invite", { sellerId, email: email.trim(), role });
      setSent(email.trim());
      setEmail("");
      again();
    });
  return (
    <Panel title={t("team.invite")}>
      <Form send={send} label={t("team.invite")}>
        <div class="stack">
          <Field label={t("signIn.email")} type="email" required value={email} change={setEmail} />
          <Choice
            label={t("team.role")}
            value={role}
            options={ROLES.map((value) => ({ value, text: t(`team.${value}`) }))}
            change={(value) => setRole(ROLES.find((one) => one === value) ?? "seller-staff")}
          />
          <p class="soft">{t(`team.${role}.may`)}</p>
          <Fault fault={fault} />
          {sent !== null && <Notice tone="good">{t("team.sent", { email: sent })}</Notice>}
          <Button kind="main" type="submit" busy={busy} disabled={email.trim() === ""}>
            {t("team.invite")}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

function Team({ sellerId }: { readonly sellerId: string }) {
  const answer = useAsk("membership.list", { sellerId, limit: LIMIT });
  return (
    <div class="stack">
      <Answered answer={answer} lines={4}>
        {({ items }) => (
          <Table label={t("seller.team")} rows={items} columns={columns(answer.again)} keyOf={({ id }) => id} />
        )}
      </Answered>
      <Invite sellerId={sellerId} again={answer.again} />
    </div>
  );
}

export const TeamPage = () => <Desk title={t("seller.team")}>{(sellerId) => <Team sellerId={sellerId} />}</Desk>;
