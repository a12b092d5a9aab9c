/** Carts that their customers walked away from: since when, what they are worth, what is in them, whom to write to. */
import { useState } from "preact/hooks";
import type { CartsSum, ListCarts } from "../../models/cart/cart.staff.contract";
import type { ListedCart } from "../../models/cart/cart.view.contract";
import { Link } from "../app/router";
import { ask } from "../client/ask";
import { usePages } from "../client/pages";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { Check, Choice } from "../parts/fields";
import { agoOf, priceOf, textOf } from "../parts/format";
import { Badge, Button, Empty, Fault, Panel, Title } from "../parts/pieces";
import { t } from "../words/words";

/** Minutes. */
const IDLE = [0, 60, 1_440, 10_080] as const;
const PAGE = 24;

/** Asked for when it is looked into: what is in a cart says something of a person. */
function Inside({ cart }: { readonly cart: ListedCart }) {
  const answer = useAsk("cart.get", { id: cart.id });
  return (
    <Answered answer={answer} lines={2}>
      {({ lines, quote, contact }) => (
        <>
          <ul class="order-lines">
            {lines.map(({ lineId, offerId, quantity, seenMinor }) => {
              const told = quote?.lines.find((line) => line.lineId === lineId);
              return (
                <li key={lineId}>
                  <span class="numbers">{quantity} ×</span>
                  <span>
                    {told ? <Link to={`/product/${told.productId}`}>{textOf(told.title)}</Link> : t("carts.gone")}{" "}
                    <small class="soft">{told?.sku ?? offerId}</small>
                  </span>
                  <span class="numbers">{priceOf(quantity * seenMinor, cart.currency)}</span>
                </li>
              );
            })}
          </ul>
          {contact !== null && (
            <p>
              <a href={`mailto:${contact.email}`}>{contact.email}</a>
            </p>
          )}
        </>
      )}
    </Answered>
  );
}

function Abandoned({ cart }: { readonly cart: ListedCart }) {
  const [open, setOpen] = useState(false);
  const { id, customerId, units, worthMinor, currency, reachable, changedAt, status } = cart;
  return (
    <Panel
      title={`${priceOf(worthMinor, currency)} · ${t("orders.units", { n: units })}`}
      aside={
        <>
          {status === "locked" && <Badge tone="warn">{t("carts.paying")}</Badge>}
          <Badge tone={reachable ? "good" : "plain"}>{t(reachable ? "carts.reachable" : "carts.nobody")}</Badge>
        </>
      }
    >
      <p class="soft">
        {t("carts.since", { ago: agoOf(changedAt) })} · <Link to={`/admin/time/cart/${id}`}>{t("carts.history")}</Link>
        {customerId !== null && (
          <>
            {" · "}
            <Link to={`/admin/time/account/${customerId}`}>{t("fraud.customer")}</Link>
          </>
        )}
      </p>
      <Button small pressed={open} onClick={() => setOpen(!open)}>
        {t("carts.inside")}
      </Button>
      {open && <Inside cart={cart} />}
    </Panel>
  );
}

function Sums({ sums }: { readonly sums: readonly CartsSum[] }) {
  const worth = sums.map(({ currency, carts, worthMinor }) =>
    t("carts.sum", { n: carts, price: priceOf(worthMinor, currency) }),
  );
  return <p class="lead">{worth.join(" · ")}</p>;
}

interface FoundProps {
  readonly items: readonly ListedCart[];
  readonly sums: readonly CartsSum[];
}

function Found({ items, sums }: FoundProps) {
  if (items.length === 0) return <Empty icon="cart" title={t("carts.none")} />;
  return (
    <>
      <Sums sums={sums} />
      {items.map((cart) => (
        <Abandoned key={cart.id} cart={cart} />
      ))}
    </>
  );
}

export function CartsPage() {
  const [idle, setIdle] = useState(String(IDLE[1]));
  const [channelId, setChannelId] = useState("");
  const [reachable, setReachable] = useState(false);
  const channels = useAsk("channel.list", { limit: 200 }).data?.items ?? [];
  const asked: ListCarts = {
    limit: PAGE,
    ...(idle !== "0" && { idleMinutes: Number(idle) }),
    ...(channelId !== "" && { channelId }),
    ...(reachable && { reachable }),
  };
  const answer = useAsk("cart.list", asked);
  const { items, next, busy, fault } = usePages(answer.data, (cursor) => ask("cart.list", { ...asked, cursor }));
  const idles = IDLE.map((minutes) => ({ value: String(minutes), text: t(`carts.idle.${minutes}`) }));
  const places = channels.map(({ id, name }) => ({ value: id, text: textOf(name) }));
  return (
    <>
      <Title
        aside={
          <>
            <Choice quiet label={t("carts.untouched")} value={idle} options={idles} change={setIdle} />
            <Choice
              quiet
              label={t("carts.channel")}
              value={channelId}
              options={[{ value: "", text: t("carts.everywhere") }, ...places]}
              change={setChannelId}
            />
          </>
        }
      >
        {t("admin.carts")}
      </Title>
      <div class="stack">
        <Check checked={reachable} change={setReachable}>
          {t("carts.onlyReachable")}
        </Check>
        <Answered answer={answer}>{({ sums }) => <Found items={items} sums={sums} />}</Answered>
        <Fault fault={fault} />
        {next !== null && (
          <Button busy={busy} onClick={next}>
            {t("carts.more")}
          </Button>
        )}
      </div>
    </>
  );
}
