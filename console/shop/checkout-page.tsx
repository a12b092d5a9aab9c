/**
 * From a cart to orders: where to, how it travels, what it is paid with. Each part opens when the one before is done.
 */
import { useEffect, useState } from "preact/hooks";
import type { CartView } from "../../models/cart/cart.view.contract";
import type { CheckoutView } from "../../models/checkout/checkout.contract";
import type { Quote } from "../../models/cart/cart.quote.contract";
import { cart, forgetCart, lookIntoCart } from "../app/basket";
import { ask } from "../client/ask";
import { track } from "../client/deeds";
import { useDoing } from "../client/use";
import { Fault, Panel, Title, Waiting } from "../parts/pieces";
import { t } from "../words/words";
import { AddressForm } from "./address-form";
import { Changes } from "./changes";
import { Outcome } from "./outcome";
import { Payment } from "./payment";
import { ShippingChoice } from "./shipping-choice";
import { Sums } from "./sums";
import { EmptyCart, useCart } from "./use-cart";

function Steps({ view, started }: StepsProps) {
  const { fault, run, busy } = useDoing();
  const change = (work: () => Promise<unknown>): void => {
    void run(async () => {
      await work();
      await lookIntoCart();
    });
  };
  const addressed = view.contact !== null && view.shippingAddress !== null;
  const ready = view.missing.length === 0 && view.changes.length === 0;
  return (
    <div class={busy ? "buying busy" : "buying"}>
      <div class="stack">
        <Changes view={view} accept={() => change(() => ask("cart.accept", { id: view.id }))} />
        <Fault fault={fault} />
        <Panel title={`1 · ${t("checkout.where")}`}>
          <AddressForm view={view} change={change} busy={busy} />
        </Panel>
        <Panel title={`2 · ${t("checkout.how")}`}>
          {addressed ? <ShippingChoice view={view} change={change} /> : <p class="soft">{t("checkout.firstWhere")}</p>}
        </Panel>
        <Panel title={`3 · ${t("checkout.pay")}`}>
          {ready ? <Payment view={view} started={started} /> : <p class="soft">{t("checkout.firstHow")}</p>}
        </Panel>
      </div>
      <aside aria-label={t("cart.sum")}>{view.quote !== null && <Sums quote={view.quote} />}</aside>
    </div>
  );
}

interface StepsProps {
  readonly view: CartView;
  readonly started: (checkout: CheckoutView) => void;
}

function Before({ started }: Omit<StepsProps, "view">) {
  const { data, known, fault, again } = useCart();
  const filled = data !== null && data.lines.length > 0;
  return (
    <>
      <Title>{t("checkout.title")}</Title>
      <Fault fault={fault} again={again} />
      {!known && <Waiting />}
      {known && !filled && <EmptyCart />}
      {filled && <Steps view={data} started={started} />}
    </>
  );
}

function tellBegun(quote: Quote | null): void {
  for (const { productId } of quote?.lines ?? []) track("checkout", { productId });
}

/** What was bought here is told as what somebody did here; the order itself the mall knows better. */
function tellBought(quote: Quote | null): void {
  for (const { productId, totalMinor } of quote?.lines ?? []) {
    track("purchase", { productId, revenue: { amountMinor: totalMinor, currency: quote?.currency ?? "EUR" } });
  }
}

export function CheckoutPage() {
  const [checkout, setCheckout] = useState<CheckoutView | null>(null);
  useEffect(() => {
    if (checkout?.status !== "done") return;
    tellBought(cart.get()?.quote ?? null);
    forgetCart();
  }, [checkout?.status]);
  const begun = (started: CheckoutView): void => {
    tellBegun(cart.get()?.quote ?? null);
    setCheckout(started);
  };
  if (checkout === null) return <Before started={begun} />;
  return <Outcome checkout={checkout} changed={setCheckout} back={() => setCheckout(null)} />;
}
