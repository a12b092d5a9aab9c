/** Collections, by rule and by hand: what is in them, and whether shoppers see them. */
import { useState } from "preact/hooks";
import type { CollectionEntry, CollectionView } from "../../models/collection/collection.result.contract";
import { Link } from "../app/router";
import { language } from "../app/taste";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Choice, Field, Form } from "../parts/fields";
import { textOf } from "../parts/format";
import { Badge, Button, Empty, Fault, Panel, Title } from "../parts/pieces";
import { ProductName } from "../parts/product-name";
import { t } from "../words/words";
import { collectionOf, EMPTY_COLLECTION, FILLINGS, isCollection } from "./collection-draft";
import { ruleWords } from "./rule-words";
import { productIn } from "./typed";

interface AgainProps {
  readonly again: () => void;
}

function NewCollection({ again }: AgainProps) {
  const [draft, setDraft] = useState(EMPTY_COLLECTION);
  const { busy, fault, run } = useDoing();
  const say = (more: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...more }));
  const { by } = draft;
  const send = (): void =>
    void run(() => ask("collection.create", collectionOf(draft, language.get()))).then((ok) => {
      if (!ok) return;
      setDraft(EMPTY_COLLECTION);
      again();
    });
  return (
    <Panel title={t("collections.new")}>
      <Form send={send} label={t("collections.new")}>
        <div class="grid-form">
          <Field label={t("collections.title")} value={draft.title} change={(title) => say({ title })} />
          <Field label={t("channels.code")} value={draft.slug} change={(slug) => say({ slug })} max={63} />
          <Choice
            label={t("collections.by")}
            value={by}
            options={FILLINGS.map((one) => ({ value: one, text: t(`collections.by.${one}`) }))}
            change={(next) => say({ by: FILLINGS.find((one) => one === next) ?? by })}
          />
          <Field
            label={by === "products" ? t("rules.valueOf.pin") : t("rules.valueOf.target")}
            value={draft.value}
            change={(value) => say({ value })}
            {...(by !== "words" && { hint: t("rules.several") })}
            max={2_000}
          />
          <Button type="submit" icon="plus" busy={busy} disabled={!isCollection(draft)}>
            {t("collections.make")}
          </Button>
        </div>
      </Form>
      <Fault fault={fault} />
    </Panel>
  );
}

/** Filled by hand: one in, one out. */
function ByHand({ id, products, again }: AgainProps & { readonly id: string; readonly products: readonly string[] }) {
  const [typed, setTyped] = useState("");
  const { busy, fault, run } = useDoing();
  const act = (work: () => Promise<unknown>): void =>
    void run(work).then((ok) => {
      if (!ok) return;
      setTyped("");
      again();
    });
  const productId = productIn(typed);
  return (
    <>
      <ol class="ranked">
        {products.map((one) => (
          <li key={one}>
            <ProductName id={one} />{" "}
            <Button
              kind="quiet"
              small
              busy={busy}
              onClick={() => act(() => ask("collection.exclude", { id, productId: one }))}
            >
              {t("cart.remove")}
            </Button>
          </li>
        ))}
      </ol>
      <Form send={() => act(() => ask("collection.include", { id, productId }))} label={t("collections.add")}>
        <div class="coupon">
          <Field label={t("collections.product")} value={typed} change={setTyped} />
          <Button type="submit" busy={busy} disabled={productId === ""}>
            {t("collections.add")}
          </Button>
        </div>
      </Form>
      <Fault fault={fault} />
    </>
  );
}

function Filled({ view, again }: AgainProps & { readonly view: CollectionView }) {
  if (view.products !== null) return <ByHand id={view.id} products={view.products} again={again} />;
  return <p dir="auto">{ruleWords({ ...view.rule }).join(" · ")}</p>;
}

/** Of a published one asked for, of a draft known. */
function Published({ id, again }: AgainProps & { readonly id: string }) {
  const answer = useAsk("collection.get", { id });
  const both = (): void => {
    answer.again();
    again();
  };
  return <Answered answer={answer}>{(view) => <Filled view={view} again={both} />}</Answered>;
}

function Collection({ entry, again }: AgainProps & { readonly entry: CollectionEntry | CollectionView }) {
  const { id, slug, status, title } = entry;
  const { busy, fault, run } = useDoing();
  const shown = status === "published";
  const turn = (): void =>
    void run(() => ask(shown ? "collection.unpublish" : "collection.publish", { id })).then((ok) => ok && again());
  return (
    <Panel
      title={textOf(title)}
      aside={<Badge tone={shown ? "good" : "plain"}>{t(shown ? "collections.published" : "collections.draft")}</Badge>}
    >
      {"rule" in entry ? <Filled view={entry} again={again} /> : <Published id={id} again={again} />}
      <Fault fault={fault} />
      <div class="actions">
        <Button
          small
          busy={busy}
          label={`${t(shown ? "collections.hide" : "collections.publish")}: ${slug}`}
          onClick={turn}
        >
          {t(shown ? "collections.hide" : "collections.publish")}
        </Button>
        {shown && (
          <Link class="button quiet small" to={`/search?collection=${slug}`}>
            {t("collections.look")}
          </Link>
        )}
        <Link class="button quiet small" to={`/admin/time/collection/${id}`}>
          {t("product.history")}
        </Link>
      </div>
    </Panel>
  );
}

export function CollectionsPage() {
  const drafts = useAsk("collection.drafts", { limit: 20 });
  const published = useAsk("collection.list", { limit: 100 });
  const again = (): void => {
    drafts.again();
    published.again();
  };
  const none = drafts.data?.items.length === 0 && published.data?.items.length === 0;
  return (
    <>
      <Title>{t("admin.collections")}</Title>
      <p class="lead">{t("collections.lead")}</p>
      <NewCollection again={again} />
      {none && <Empty icon="list" title={t("collections.none")} />}
      {[drafts, published].map((answer, i) => (
        <Answered key={i} answer={answer}>
          {({ items }) => items.map((entry) => <Collection key={entry.id} entry={entry} again={again} />)}
        </Answered>
      ))}
    </>
  );
}
