/** What a cart is paid with. */
import { useState } from "preact/hooks";
import type { CartView } from "../../models/cart/cart.view.contract";
import type { CheckoutView } from "../../models/checkout/checkout.contract";
import { deviceHere } from "../app/device";
import { language } from "../app/taste";
import { ask } from "../client/ask";
import { useDoing } from "../client/use";
import { priceOf } from "../parts/format";
import { Button, Fault } from "../parts/pieces";
import { t } from "../words/words";
import { Cards, FIRST_CARD, PROVIDER } from "./cards";

interface PaymentProps {
  readonly view: CartView;
  readonly started: (checkout: CheckoutView) => void;
}

export function Payment({ view, started }: PaymentProps) {
  const [method, setMethod] = useState(FIRST_CARD);
  const { busy, fault, run } = useDoing();
  const totalMinor = view.quote?.totalMinor ?? 0;
  const buy = (): void => {
    const payment = { provider: PROVIDER, method };
    const said = { payment, totalMinor, language: language.get(), device: deviceHere() };
    void run(async () => started(await ask("checkout.start", { id: view.id, ...said })));
  };
  return (
    <div class="stack">
      <Cards method={method} choose={setMethod} />
      <Fault fault={fault} />
      <Button kind="main" busy={busy} onClick={buy}>
        {t("pay.now", { price: priceOf(totalMinor, view.currency) })}
      </Button>
    </div>
  );
}
