/** A product goes on sale: drafted, looked over by the mall (its place, whether it is there already), and sold. */
import { useState } from "preact/hooks";
import type { ListingSuggestions } from "../../models/listing/listing.contract";
import { Link } from "../app/router";
import { useAsk, useDoing } from "../client/use";
import { Field, Form } from "../parts/fields";
import { Button, Fault, Notice, Panel } from "../parts/pieces";
import { useChannel } from "../shop/use-channel";
import { t } from "../words/words";
import { Desk } from "./desk";
import { EMPTY_DRAFT, isWhole, sell, suggestFor, type Decided, type Draft, type Sale } from "./draft";
import { Proposals } from "./proposals";

/** Where goods lie whose seller has said nothing of places. */
const SOMEWHERE = "main";
const NOTHING: Decided = { place: null, double: null, variantId: null, given: {} };

interface DraftFormProps {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  readonly currency: string;
  readonly send: () => void;
  readonly busy: boolean;
}

function DraftForm({ draft, change, currency, send, busy }: DraftFormProps) {
  const field = (name: keyof Draft) => (value: string) => change({ ...draft, [name]: value });
  return (
    <Form send={send} label={t("draft.what")}>
      <div class="stack">
        <Field label={t("draft.title")} value={draft.title} change={field("title")} max={500} required />
        <Field label={t("draft.brand")} value={draft.brand} change={field("brand")} max={100} />
        <div class="range">
          <Field label={t("listing.sku")} value={draft.sku} change={field("sku")} max={64} required />
          <Field label={`${t("product.price")} (${currency})`} value={draft.price} change={field("price")} decimal />
          <Field label={t("draft.quantity")} value={draft.quantity} change={field("quantity")} decimal />
        </div>
        <div class="actions">
          <Button type="submit" busy={busy} disabled={draft.title.trim() === ""}>
            {t("draft.look")}
          </Button>
        </div>
      </div>
    </Form>
  );
}

function Sold({ productId, again }: { readonly productId: string; readonly again: () => void }) {
  return (
    <Notice tone="good">
      <p>{t("draft.sold")}</p>
      <div class="actions">
        <Link class="button" to={`/product/${productId}`}>
          {t("draft.see")}
        </Link>
        <Button kind="quiet" onClick={again}>
          {t("draft.another")}
        </Button>
      </div>
    </Notice>
  );
}

/** The draft, what was proposed for it, and what was made of that. */
function useDraft(sale: Sale) {
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [found, setFound] = useState<ListingSuggestions | null>(null);
  const [decided, decide] = useState(NOTHING);
  const [made, setMade] = useState<string | null>(null);
  const [sold, setSold] = useState<string | null>(null);
  const doing = useDoing();
  const change = (next: Draft): void => {
    setDraft(next);
    // what was proposed was proposed for another one
    if (next.title !== draft.title || next.brand !== draft.brand) setFound(null);
  };
  const look = (): void =>
    void doing.run(async () => {
      const proposed = await suggestFor(draft, sale);
      setFound(proposed);
      decide({ place: proposed.categories[0] ?? null, double: null, variantId: null, given: {} });
    });
  const start = (): void =>
    void doing.run(async () => {
      if (found !== null) setSold(await sell({ draft, found, decided, sale, made }, setMade));
    });
  const again = (): void => {
    setDraft(EMPTY_DRAFT);
    for (const clear of [setFound, setMade, setSold]) clear(null);
  };
  return { ...doing, draft, change, found, decided, decide, sold, look, start, again };
}

function NewListing({ sale }: { readonly sale: Sale }) {
  const { draft, change, found, decided, decide, sold, look, start, again, busy, fault } = useDraft(sale);
  if (sold !== null) return <Sold productId={sold} again={again} />;
  return (
    <div class="stack">
      <Panel title={t("draft.what")}>
        <DraftForm draft={draft} change={change} currency={sale.currency} send={look} busy={busy} />
      </Panel>
      {found !== null && (
        <Panel title={t("draft.proposed")}>
          <Proposals found={found} decided={decided} decide={decide} />
          <div class="actions">
            <Button kind="main" busy={busy} disabled={!isWhole(draft, sale.currency)} onClick={start}>
              {decided.double === null ? t("draft.sell") : t("draft.offer")}
            </Button>
          </div>
        </Panel>
      )}
      <Fault fault={fault} />
    </div>
  );
}

function AtDesk({ sellerId }: { readonly sellerId: string }) {
  const { known, id, currency } = useChannel();
  const stock = useAsk("offer.stock", { sellerId });
  if (!known || (stock.data === null && stock.fault === null)) return null;
  const location = stock.data?.locations[0]?.location ?? SOMEWHERE;
  return <NewListing sale={{ sellerId, channelId: id, currency, location }} />;
}

export const NewListingPage = () => <Desk title={t("draft.new")}>{(sellerId) => <AtDesk sellerId={sellerId} />}</Desk>;
