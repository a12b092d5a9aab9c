/** One's own account: who one is here, what one may do, where one is signed in. */
import { SignInFirst } from "../app/instead";
import { Link } from "../app/router";
import { useStore } from "../app/store";
import { ask } from "../client/ask";
import { person, type Person } from "../client/session";
import { useAsk, useDoing } from "../client/use";
import { momentOf } from "../parts/format";
import { Badge, Button, Fault, Panel, Title, Waiting } from "../parts/pieces";
import { SellerName } from "../shop/seller-name";
import { t } from "../words/words";
import { Security } from "./security";
import { YourData } from "./your-data";

function Sessions() {
  const { data, fault, again } = useAsk("me.sessions", {});
  const { busy, fault: ending, run } = useDoing();
  const end = (id: string): void =>
    void run(async () => {
      await ask("me.end", { id });
      again();
    });
  return (
    <Panel title={t("account.sessions")}>
      <Fault fault={fault ?? ending} />
      {data === null && fault === null && <Waiting lines={2} />}
      <ul class="order-rows">
        {(data?.items ?? []).map((one) => (
          <li key={one.id} class="order-row">
            <div>
              <strong>{one.label ?? t("none")}</strong>
              <small class="soft">{t("account.here", { since: momentOf(one.startedAt) })}</small>
            </div>
            <Button small busy={busy} onClick={() => end(one.id)}>
              {t("account.end")}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const ToKeys = () => (
  <Panel title={t("keys.title")}>
    <p>{t("keys.open")}</p>
    <div class="actions">
      <Link class="button" to="/account/keys">
        {t("keys.look")}
      </Link>
    </div>
  </Panel>
);

/** What an administrator's token, which is nobody's account, does not have. */
const Own = ({ who }: { readonly who: Person }) => (
  <>
    <Security />
    <Sessions />
    <ToKeys />
    <YourData who={who} />
  </>
);

export function AccountPage() {
  const who = useStore(person);
  if (who === undefined) return <Waiting />;
  if (who === null) return <SignInFirst area="shop" signedIn={false} />;
  return (
    <>
      <Title over={who.email ?? ""}>{who.name ?? t("account")}</Title>
      <div class="stack">
        <Panel title={t("account.roles")}>
          <ul class="chosen">
            {[{ role: "shopper", party: null as string | null }, ...who.grants].map(({ role, party }) => (
              <li key={role + (party ?? "")}>
                <Badge tone="info">{role}</Badge>{" "}
                {role !== "shopper" && (
                  <span class="soft">{party === null ? t("account.wholeMall") : <SellerName id={party} />}</span>
                )}
              </li>
            ))}
          </ul>
        </Panel>
        {!who.all && <Own who={who} />}
      </div>
    </>
  );
}
