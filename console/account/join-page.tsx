/** Where the mail of an invitation leads: its code is kept until somebody has signed in, and is then accepted. */
import { useEffect, useState } from "preact/hooks";
import type { Joined } from "../../models/membership/membership.contract";
import { keep, kept } from "../app/kept";
import { Link } from "../app/router";
import { useStore } from "../app/store";
import { ask } from "../client/ask";
import { lookAgain, person } from "../client/session";
import { useDoing } from "../client/use";
import { Field, Form } from "../parts/fields";
import { Button, Empty, Fault, Notice, Title, Waiting } from "../parts/pieces";
import { SellerName } from "../shop/seller-name";
import { t } from "../words/words";
import { codeInAddress } from "./code-in-address";

const KEPT = "invitation";
const LOOKS = 20;
const LOOK_MS = 500;

/** The grant follows on the acceptance: a moment later. */
async function granted({ sellerId }: Joined): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    await lookAgain();
    if (person.get()?.grants.some(({ party }) => party === sellerId)) return;
    await new Promise((wake) => setTimeout(wake, LOOK_MS));
  }
}

function Accept({ arrived }: { readonly arrived: string }) {
  const [code, setCode] = useState(arrived);
  const [joined, setJoined] = useState<Joined | null>(null);
  const { busy, fault, run } = useDoing();
  const send = (): void =>
    void run(async () => {
      const answer = await ask("membership.join", { code: code.trim() });
      keep(KEPT, null);
      await granted(answer);
      setJoined(answer);
    });
  if (joined !== null) {
    return (
      <Notice tone="good">
        <p>
          {t("join.done")} <SellerName id={joined.sellerId} />
        </p>
        <Link class="button main" to={`/seller?of=${joined.sellerId}`}>
          {t("room.seller")}
        </Link>
      </Notice>
    );
  }
  return (
    <Form send={send} label={t("join.title")}>
      <div class="stack">
        <Field label={t("verify.code")} required max={128} value={code} change={setCode} />
        <Fault fault={fault} />
        <Button kind="main" type="submit" busy={busy} disabled={code.trim() === ""}>
          {t("join.accept")}
        </Button>
      </div>
    </Form>
  );
}

export function JoinPage() {
  const who = useStore(person);
  const [arrived] = useState(() => codeInAddress() || (kept(KEPT) ?? ""));
  useEffect(() => {
    if (location.hash === "") return;
    keep(KEPT, arrived);
    history.replaceState(null, "", location.pathname);
  }, []);
  if (who === undefined) return <Waiting />;
  return (
    <>
      <Title>{t("join.title")}</Title>
      <p class="lead">{t("join.lead")}</p>
      {who === null ? (
        <Empty icon="shield" title={t("join.first")}>
          <Link class="button main" to="/sign-in?next=/join">
            {t("signIn")}
          </Link>
        </Empty>
      ) : (
        <Accept arrived={arrived} />
      )}
    </>
  );
}
