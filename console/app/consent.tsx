/** Asks once whether what somebody does here may be gone by; nothing is kept before the answer, nor after a no. */
import { chooseConsent, consent } from "../client/deeds";
import { Button } from "../parts/pieces";
import { t } from "../words/words";
import { Link, usePlace } from "./router";
import { useStore } from "./store";

export function Consent() {
  const given = useStore(consent);
  const { path } = usePlace();
  // where the whole of it is said, it need not be said short
  if (given !== "unasked" || path === "/privacy") return null;
  return (
    <section class="consent" aria-labelledby="consent">
      <h2 id="consent">{t("consent.title")}</h2>
      <p>
        {t("consent.short")} <Link to="/privacy">{t("consent.how")}</Link>
      </p>
      <div class="actions">
        <Button onClick={() => void chooseConsent(true)}>{t("consent.yes")}</Button>
        <Button onClick={() => void chooseConsent(false)}>{t("consent.no")}</Button>
      </div>
    </section>
  );
}

/** The same choice, at any time. */
export function ConsentSwitch() {
  const given = useStore(consent);
  return (
    <>
      <p>{given === "yes" ? t("consent.given") : t("consent.notGiven")}</p>
      <div class="actions">
        <Button onClick={() => void chooseConsent(given !== "yes")}>
          {given === "yes" ? t("consent.takeBack") : t("consent.yes")}
        </Button>
      </div>
    </>
  );
}
