/** Which thing to look back at: found by its name, or by its id. */
import { useState } from "preact/hooks";
import { go, Link } from "../app/router";
import { language } from "../app/taste";
import { useAsk } from "../client/use";
import { Choice, Field, Form } from "../parts/fields";
import { textOf } from "../parts/format";
import { Answered } from "../parts/answered";
import { Button, Panel, Title } from "../parts/pieces";
import { t } from "../words/words";

/** What people look back at; anything else can be typed into the address. */
const KINDS = [
  "product",
  "offer",
  "stock",
  "order",
  "seller",
  "cart",
  "checkout",
  "payment",
  "return",
  "ledger",
  "account",
  "approval",
  "category",
  "channel",
  "promotion",
];
const FOUND_MAX = 8;

function ByName() {
  const [typed, setTyped] = useState("");
  const [q, setQ] = useState("");
  const answer = useAsk("product.search", { q, sort: "relevance", limit: FOUND_MAX, lang: language.get() });
  return (
    <Panel title={t("time.byName")}>
      <Form send={() => setQ(typed.trim())} label={t("time.byName")}>
        <div class="coupon">
          <Field label={t("finder.label")} value={typed} change={setTyped} />
          <Button type="submit">{t("time.find")}</Button>
        </div>
      </Form>
      <Answered answer={answer}>
        {({ items }) => (
          <ul class="order-rows">
            {items.map(({ id, title, buyBox }) => (
              <li key={id} class="order-row">
                <div>
                  <Link to={`/admin/time/product/${id}`}>{textOf(title)}</Link>
                  <small class="soft mono">{id}</small>
                </div>
                {buyBox !== null && <Link to={`/admin/time/offer/${buyBox.offerId}`}>{t("time.itsOffer")}</Link>}
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </Panel>
  );
}

function ById() {
  const [kind, setKind] = useState("product");
  const [id, setId] = useState("");
  return (
    <Panel title={t("time.byId")}>
      <Form send={() => go(`/admin/time/${kind}/${encodeURIComponent(id.trim())}`)} label={t("time.byId")}>
        <div class="address">
          <Choice
            label={t("time.kind")}
            value={kind}
            change={setKind}
            options={KINDS.map((value) => ({ value, text: value }))}
          />
          <Field label="Id" value={id} change={setId} required max={64} />
        </div>
        <div class="actions">
          <Button kind="main" type="submit">
            {t("time.look")}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

export const TimeStartPage = () => (
  <>
    <Title>{t("time.title")}</Title>
    <p class="lead">{t("time.lead")}</p>
    <div class="stack time-start">
      <ByName />
      <ById />
    </div>
  </>
);
