/** What becomes of a checkout: it is looked at until it has ended, and says what the customer has to do meanwhile. */
import { useEffect } from "preact/hooks";
import type { CheckoutView } from "../../models/checkout/checkout.contract";
import { Link } from "../app/router";
import { useStore } from "../app/store";
import { ask } from "../client/ask";
import { person } from "../client/session";
import { useDoing } from "../client/use";
import { priceOf } from "../parts/format";
import { Icon } from "../parts/icon";
import { Button, Fault, Notice, Title, ToldProblem, Waiting } from "../parts/pieces";
import { t } from "../words/words";

const LOOK_MS = 700;

interface OutcomeProps {
  readonly checkout: CheckoutView;
  readonly changed: (checkout: CheckoutView) => void;
  readonly back: () => void;
}

const ended = ({ status }: CheckoutView): boolean => status === "done" || status === "failed";

function useNews({ checkout, changed }: OutcomeProps): void {
  useEffect(() => {
    if (ended(checkout)) return;
    const timer = setInterval(() => {
      // what cannot be asked now is asked again in a moment
      ask("checkout.get", { id: checkout.id }).then(changed, () => null);
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [checkout.id, checkout.status, changed]);
}

function Done({ checkout }: { readonly checkout: CheckoutView }) {
  const who = useStore(person);
  const { currency, totalMinor, orders } = checkout;
  return (
    <div class="thanks">
      <span class="thanks-mark">
        <Icon name="check" />
      </span>
      <Title>{t("outcome.done")}</Title>
      {currency !== null && totalMinor !== null && (
        <p class="lead">{t("outcome.paid", { price: priceOf(totalMinor, currency), n: orders.length })}</p>
      )}
      <div class="actions">
        {who && (
          <Link class="button main" to="/orders">
            {t("orders.mine")}
          </Link>
        )}
        <Link class="button" to="/">
          {t("toTheShop")}
        </Link>
      </div>
    </div>
  );
}

function Failed({ checkout, back }: Pick<OutcomeProps, "checkout" | "back">) {
  const { failure } = checkout;
  return (
    <>
      <Title>{t("outcome.failed")}</Title>
      <Notice tone="bad">
        <p>{failure && <ToldProblem problem={failure} />}</p>
      </Notice>
      <p class="soft">{t("outcome.nothingHeld")}</p>
      <div class="actions">
        <Button kind="main" onClick={back}>
          {t("outcome.back")}
        </Button>
      </div>
    </>
  );
}

function Under({ checkout, changed }: OutcomeProps) {
  const { busy, fault, run } = useDoing();
  const { challenge, id } = checkout;
  const confirm = (): void => void run(async () => changed(await ask("checkout.confirm", { id })));
  const cancel = (): void => void run(async () => changed(await ask("checkout.cancel", { id })));
  if (checkout.status !== "waiting" || challenge === null) return <Waiting />;
  return (
    <>
      <Notice tone="warn">{t("outcome.challenge")}</Notice>
      <Fault fault={fault} />
      <div class="actions">
        <Button kind="main" busy={busy} onClick={confirm}>
          {t("outcome.confirm")}
        </Button>
        <Button busy={busy} onClick={cancel}>
          {t("cancel")}
        </Button>
      </div>
    </>
  );
}

export function Outcome(props: OutcomeProps) {
  useNews(props);
  const { checkout } = props;
  if (checkout.status === "done") return <Done checkout={checkout} />;
  if (checkout.status === "failed") return <Failed {...props} />;
  return (
    <>
      <Title>{t("outcome.underway")}</Title>
      <Under {...props} />
    </>
  );
}
