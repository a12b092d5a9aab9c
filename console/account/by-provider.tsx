/** Logging in by the mall's OpenID provider, where it has one; and the page that the provider sends people back to. */
import { useEffect, useState } from "preact/hooks";
import { Link, queryOf, usePlace } from "../app/router";
import { backFromProvider, leaveForProvider, nextAfterProvider } from "../client/openid";
import { useAsk, useDoing } from "../client/use";
import { Button, Fault, Title, Waiting } from "../parts/pieces";
import { t } from "../words/words";
import { goOn, nextIn } from "./go-on";
import { Second } from "./second-step";

export function ByProvider() {
  const next = nextIn(queryOf(usePlace()).get("next"));
  const { data } = useAsk("openid.offered", {});
  const { busy, fault, run } = useDoing();
  const provider = data?.provider ?? null;
  if (provider === null) return null;
  return (
    <div class="actions">
      <Fault fault={fault} />
      <Button icon="shield" busy={busy} onClick={() => void run(() => leaveForProvider(next))}>
        {t("signIn.provider", { provider })}
      </Button>
    </div>
  );
}

const goOnWhereBegun = (): Promise<void> => goOn(nextIn(nextAfterProvider()));

export function CallbackPage() {
  const [challenge, setChallenge] = useState<string | null>(null);
  const { fault, run } = useDoing();
  useEffect(() => {
    const search = new URLSearchParams(location.search);
    // what the provider said is used once and stands in no history
    history.replaceState(null, "", location.pathname);
    void run(async () => {
      const wanted = await backFromProvider(search, t("signIn.notBegun"));
      if (wanted === null) await goOnWhereBegun();
      else setChallenge(wanted);
    });
  }, []);
  if (challenge !== null) return <Second challenge={challenge} entered={goOnWhereBegun} />;
  return (
    <>
      <Title>{t("signIn.entering")}</Title>
      <Fault fault={fault} />
      {fault === null ? (
        <Waiting lines={3} />
      ) : (
        <Link class="button main" to="/sign-in">
          {t("signIn")}
        </Link>
      )}
    </>
  );
}
