/** What it is paid with. The embedded provider moves no money; its cards do on demand what real ones do. */
import { useState } from "preact/hooks";
import type { CartView } from "../../models/cart/cart.view.contract";
import type { CheckoutView } from "../../models/checkout/checkout.contract";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { priceOf } from "../parts/format";
import { Button, Fault, Notice } from "../parts/pieces";
import { t } from "../words/words";

const CARDS = [
  { method: "tok_ok", text: "pay.ok" },
  { method: "tok_challenge", text: "pay.challenge" },
  { method: "tok_webhook", text: "pay.later" },
  { method: "tok_declined", text: "pay.declined" },
] as const;

interface PaymentProps {
  readonly view: CartView;
  readonly started: (checkout: CheckoutView) => void;
}

export function Payment({ view, started }: PaymentProps) {
  const [method, setMethod] = useState<string>(CARDS[0].method);
  const { busy, fault, run } = useDoing();
  const totalMinor = view.quote?.totalMinor ?? 0;
  const buy = (): void => {
    const payment = { provider: "test", method };
    void run(async () => started(await ask("checkout.start", { id: view.id, payment, totalMinor })));
  };
  return (
    <div class="stack">
      <Notice>{t("pay.test")}</Notice>
      <fieldset class="ways-to-ship">
        <legend>{t("pay.card")}</legend>
        {CARDS.map((card) => (
          <label key={card.method} class="way">
            <input type="radio" name="card" checked={method === card.method} onChange={() => setMethod(card.method)} />
            <span>{t(card.text)}</span>
          </label>
        ))}
      </fieldset>
      <Fault fault={fault} />
      <Button kind="main" busy={busy} onClick={buy}>
        {t("pay.now", { price: priceOf(totalMinor, view.currency) })}
      </Button>
    </div>
  );
}
