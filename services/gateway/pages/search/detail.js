// One product in a dialog: what it is, who sells it, what is known of it.
import { stockLine } from "./cards.js";
import { countOf, element, labelOf, plural, priceOf, textOf } from "./format.js";
import { picture } from "./picture.js";

function table(heads, rows) {
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col", textContent: text })));
  const body = rows.map((cells) => element("tr", {}, ...cells.map((text) => element("td", { textContent: text }))));
  return element("table", {}, heads.length > 0 ? element("thead", {}, head) : null, element("tbody", {}, ...body));
}

const answer = (value) => (typeof value === "boolean" ? (value ? "yes" : "no") : String(value));

function offers({ offers: list, offerCount, variants }) {
  if (list.length === 0)
    return [element("p", { className: "faint", textContent: "Nobody offers this at the moment." })];
  const nameOf = (id) => Object.values(variants.find((variant) => variant.id === id)?.options ?? {}).join(", ");
  const rows = list.map((offer) => [
    priceOf(offer.price),
    [offer.condition, nameOf(offer.variantId)].filter(Boolean).join(", "),
    offer.sellerName ?? offer.sellerId,
    offer.quantity > 0 ? countOf(offer.quantity) : "none",
  ]);
  const head = element("h3", { textContent: plural(offerCount, "offer", "offers") });
  return [head, table(["Price", "Condition", "Seller", "In stock"], rows)];
}

function attributes({ attributes: known }) {
  const rows = Object.entries(known).map(([name, value]) => [labelOf(name), answer(value)]);
  return rows.length === 0 ? [] : [element("h3", { textContent: "Details" }), table([], rows)];
}

export function showProduct(dialog, view) {
  const title = textOf(view.title) || "A product without a title";
  const [category = ""] = view.categoryPath.slice(-1);
  const about = [view.brand, ...view.categoryPath].filter(Boolean).join(" › ");
  const description = textOf(view.description);
  const image = view.media.find(({ kind }) => kind === "image")?.url;
  const text = element(
    "div",
    {},
    element("h2", { id: "detail-title", textContent: title }),
    element("p", { className: "faint", textContent: about }),
    element("p", { className: "price", textContent: priceOf(view.price) || "No offer yet" }),
    stockLine(view.quantity),
    description === "" ? null : element("p", { className: "description", textContent: description }),
    ...offers(view),
    ...attributes(view),
  );
  fill(dialog, element("div", { className: "sheet" }, picture({ id: view.id, title, category, image }), text));
}

export function showTrouble(dialog, words) {
  const text = element("div", {}, element("h2", { id: "detail-title", textContent: words }));
  fill(dialog, element("div", { className: "sheet" }, text));
}

function fill(dialog, content) {
  const close = element("button", { type: "button", className: "close quiet", textContent: "Close" });
  close.addEventListener("click", () => dialog.close());
  dialog.replaceChildren(close, content);
  if (!dialog.open) dialog.showModal();
}
