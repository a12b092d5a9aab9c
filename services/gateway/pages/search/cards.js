// What was found, as cards.
import { addressOf } from "./address.js";
import { element, plural, priceOf, textOf } from "./format.js";
import { picture } from "./picture.js";

export function stockLine(quantity) {
  const there = quantity > 0;
  const text = there ? (quantity < 5 ? `Only ${quantity} left` : "In stock") : "Not in stock";
  return element("span", { className: there ? "stock" : "stock none", textContent: text });
}

function priceLine({ price, offerCount }) {
  if (!price) return element("span", { className: "price faint", textContent: "No offer yet" });
  const text = offerCount > 1 ? `from ${priceOf(price)}` : priceOf(price);
  return element("span", { className: "price", textContent: text });
}

export function card(hit, state) {
  const title = textOf(hit.title) || "A product without a title";
  const [category = ""] = hit.categoryPath.slice(-1);
  const link = element("a", { href: addressOf(state, hit.id), textContent: title });
  link.dataset.product = hit.id;
  const about = [hit.brand, category].filter(Boolean).join(" · ");
  const without = hit.without?.length > 0 ? `Without: ${hit.without.join(", ")}` : null;
  const offers = hit.offerCount > 1 ? plural(hit.offerCount, "offer", "offers") : null;
  const text = element(
    "div",
    { className: "text" },
    link,
    element("small", { textContent: about }),
    priceLine(hit),
    stockLine(hit.quantity),
    offers === null ? null : element("small", { textContent: offers }),
    without === null ? null : element("small", { className: "faint", textContent: without }),
  );
  return element(
    "li",
    {},
    element("article", { className: "card" }, picture({ id: hit.id, title, category, image: hit.image }), text),
  );
}
