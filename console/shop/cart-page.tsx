/** The cart: what is in it, what it costs now, and what is not any more as it was. */
import { useState } from "preact/hooks";
import type { QuoteLine } from "../../models/cart/cart.quote.contract";
import type { CartView } from "../../models/cart/cart.view.contract";
import { lookIntoCart } from "../app/basket";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { useDoing, type Doing } from "../client/use";
import { Choice, Field, Form } from "../parts/fields";
import { priceOf, textOf } from "../parts/format";
import { Picture } from "../parts/picture";
import { Button, Fault, Title, Waiting } from "../parts/pieces";
import { t } from "../words/words";
import { Changes } from "./changes";
import { Helping } from "./helping";
import { Recommended } from "./recommended";
import { Sums } from "./sums";
import { EmptyCart, useCart } from "./use-cart";

const QUANTITIES = Array.from({ length: 10 }, (_, i) => String(i + 1));

/** Does something to the cart, then shows it as it is. */
const useChange = (): Doing & { readonly change: (work: () => Promise<unknown>) => void } => {
  const doing = useDoing();
  const change = (work: () => Promise<unknown>): void => {
    void doing.run(async () => {
      await work();
      await lookIntoCart();
    });
  };
  return { ...doing, change };
};

interface LineProps {
  readonly view: CartView;
  readonly line: QuoteLine;
  readonly change: (work: () => Promise<unknown>) => void;
}

function Line({ view, line, change }: LineProps) {
  const title = textOf(line.title);
  const { id } = view;
  const { offerId } = line;
  const options = [...new Set([...QUANTITIES, String(line.quantity)])].map((value) => ({ value, text: value }));
  const setTo = (value: string): void => change(() => ask("cart.set", { id, offerId, quantity: Number(value) }));
  return (
    <li class="cart-line">
      <Picture id={line.productId} title={title} />
      <div>
        <Link to={`/product/${line.productId}`}>{title}</Link>
        <small class="soft numbers">
          {t("cart.each", { price: priceOf(line.unitMinor, view.currency) })} · {line.sku}
        </small>
        <Button kind="quiet" small onClick={() => change(() => ask("cart.drop", { id, offerId }))}>
          {t("cart.remove")}
        </Button>
      </div>
      <Choice quiet label={t("product.quantity")} value={String(line.quantity)} options={options} change={setTo} />
      <strong class="numbers">{priceOf(line.subtotalMinor, view.currency)}</strong>
    </li>
  );
}

function Coupons({ view, change }: Omit<LineProps, "line">) {
  const [code, setCode] = useState("");
  const { id } = view;
  const redeem = (): void => {
    change(() => ask("cart.redeem", { id, code: code.trim().toUpperCase() }));
    setCode("");
  };
  return (
    <Form send={redeem} label={t("cart.coupon")}>
      <div class="coupon">
        <Field label={t("cart.coupon")} value={code} change={setCode} max={40} hint={t("cart.couponHint")} />
        <Button type="submit" disabled={code.trim() === ""}>
          {t("cart.redeem")}
        </Button>
      </div>
      {view.coupons.map((one) => (
        <p key={one} class="coupon-used">
          <code>{one}</code>
          <Button kind="quiet" small onClick={() => change(() => ask("cart.unredeem", { id, code: one }))}>
            {t("cart.remove")}
          </Button>
        </p>
      ))}
    </Form>
  );
}

function Filled({ view }: { readonly view: CartView }) {
  const { change, fault, busy } = useChange();
  const { quote } = view;
  return (
    <div class={busy ? "buying busy" : "buying"}>
      <div>
        <Changes view={view} accept={() => change(() => ask("cart.accept", { id: view.id }))} />
        <Fault fault={fault} />
        <ul class="cart-lines">
          {(quote?.lines ?? []).map((line) => (
            <Line key={line.lineId} {...{ view, line, change }} />
          ))}
        </ul>
        <Coupons view={view} change={change} />
      </div>
      <aside aria-label={t("cart.sum")}>
        {quote !== null && <Sums quote={quote} />}
        <Link class="button main" to="/checkout">
          {t("cart.checkout")}
        </Link>
      </aside>
    </div>
  );
}

/** What goes with the thing that was put in last. */
const lastIn = (view: CartView): string | undefined => view.quote?.lines.at(-1)?.productId;

function Shown({ view }: { readonly view: CartView }) {
  if (view.lines.length === 0) return <Nothing />;
  return (
    <>
      <Filled view={view} />
      <Helping productId={lastIn(view)} />
    </>
  );
}

const Nothing = () => (
  <>
    <EmptyCart />
    <Recommended kind="trending" title={t("home.trending")} silent />
  </>
);

export function CartPage() {
  const { data, known, fault, again } = useCart();
  return (
    <>
      <Title>{t("cart.title")}</Title>
      <Fault fault={fault} again={again} />
      {!known && <Waiting />}
      {known && (data === null ? <Nothing /> : <Shown view={data} />)}
    </>
  );
}
