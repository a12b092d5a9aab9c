// The search page: reads the address, asks the API, shows the answer. Only the latest question is ever shown.
import { addressOf, changed, fromMinor, openProduct, read, toMinor } from "./address.js";
import { card } from "./cards.js";
import { showProduct, showTrouble } from "./detail.js";
import { showChosen, showFacets } from "./facets.js";
import { element, plural } from "./format.js";
import { showNote } from "./note.js";

const at = (id) => document.getElementById(id);
const [cards, detail, more, state$, summary] = ["cards", "detail", "more", "state", "summary"].map(at);

let state = read();
let cursor = null;
let asked = new AbortController();

/** The answer, or an error that says to a person what happened. */
async function ask(path, signal) {
  const response = await fetch(path, { signal, headers: { accept: "application/json" } }).catch((error) => {
    throw error.name === "AbortError" ? error : new Error("The mall cannot be reached. Is your connection up?");
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Error(answer.detail ?? `The mall answered with status ${response.status}.`);
}

function say(title, text, action = null) {
  state$.hidden = false;
  state$.replaceChildren(element("h2", { textContent: title }), element("p", { textContent: text }), action ?? "");
}

function sayEmpty() {
  const clear = element("a", { href: "/", textContent: "Start over" });
  const q = state.get("q");
  if (state.size === 0)
    return say("The shelves are still empty", "As soon as products are published, they stand here.");
  const what = q === null ? "Nothing fits these filters" : `Nothing found for “${q}”`;
  return say(what, "Try fewer words or filters, or check the spelling.", clear);
}

function saySummary({ total, totalRelation, tookMs }) {
  const count = plural(total, "product", "products");
  summary.textContent = `${totalRelation === "at-least" ? "More than " : ""}${count} in ${tookMs} ms`;
}

function show(hits, append) {
  const items = hits.items.map((hit) => card(hit, state));
  if (append) cards.append(...items);
  else cards.replaceChildren(...items);
  cursor = hits.cursor;
  more.hidden = cursor === null;
  state$.hidden = true;
  saySummary(hits);
  if (!append) showFacets(at("facets"), hits.facets, state);
  if (!append) showNote(at("note"), hits, state);
  if (!append && hits.items.length === 0) sayEmpty();
  if (append) items[0]?.querySelector("a").focus();
}

function sayTrouble(error) {
  const again = element("button", { type: "button", textContent: "Try again" });
  again.addEventListener("click", () => void search());
  cards.replaceChildren();
  more.hidden = true;
  summary.textContent = "";
  at("note").hidden = true;
  say("That did not work", error.message, again);
}

async function search(append = false) {
  asked.abort();
  asked = new AbortController();
  const { signal } = asked;
  const query = new URLSearchParams(state);
  if (append) query.set("cursor", cursor);
  cards.classList.add("waiting");
  try {
    show(await ask(`/v1/products?${query}`, signal), append);
  } catch (error) {
    if (error.name === "AbortError") return;
    sayTrouble(error);
  }
  cards.classList.remove("waiting");
}

async function open(id) {
  try {
    showProduct(detail, await ask(`/v1/products/${encodeURIComponent(id)}`));
  } catch (error) {
    showTrouble(detail, error.message);
  }
}

/** The controls show what the address says. */
function mirror() {
  at("q").value = state.get("q") ?? "";
  at("sort").value = state.get("sort") ?? "relevance";
  const { priceMin, priceMax, inStock } = at("limits").elements;
  priceMin.value = fromMinor(state.get("priceMin"));
  priceMax.value = fromMinor(state.get("priceMax"));
  inStock.checked = state.get("inStock") === "true";
  showChosen(at("chosen"), state);
}

function arrive() {
  const before = state.toString();
  state = read();
  mirror();
  const product = openProduct();
  if (product !== null) void open(product);
  else if (detail.open) detail.close();
  return state.toString() !== before;
}

function go(next) {
  history.pushState(null, "", addressOf(next));
  arrive();
  void search();
}

const choose = ({ target }) => {
  const { name, value } = target.dataset;
  if (name !== undefined) go(changed(state, name, value, target.checked === true));
};

at("search").addEventListener("submit", (event) => {
  event.preventDefault();
  go(changed(state, "q", at("q").value.trim()));
});
at("limits").addEventListener("submit", (event) => {
  event.preventDefault();
  const { priceMin, priceMax, inStock } = at("limits").elements;
  let next = changed(state, "inStock", "true", inStock.checked);
  for (const { name, value } of [priceMin, priceMax]) next = changed(next, name, value === "" ? "" : toMinor(value));
  go(next);
});
at("limits").elements.inStock.addEventListener("change", () => at("limits").requestSubmit());
at("sort").addEventListener("change", ({ target }) =>
  go(changed(state, "sort", target.value, target.value !== "relevance")),
);
at("facets").addEventListener("change", choose);
at("chosen").addEventListener("click", choose);
at("note").addEventListener("click", (event) => {
  const { q } = event.target.dataset;
  if (q === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(changed(state, "q", q));
});
more.addEventListener("click", () => void search(true));
cards.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-product]");
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", addressOf(state, link.dataset.product));
  void open(link.dataset.product);
});
detail.addEventListener("close", () => {
  if (openProduct() !== null) history.pushState(null, "", addressOf(state));
});
detail.addEventListener("click", ({ target }) => {
  if (target === detail) detail.close();
});
window.addEventListener("popstate", () => {
  if (arrive()) void search();
});

// on a small screen the filters would stand before everything that was found
at("filters").open = !window.matchMedia("(max-width: 46rem)").matches;
arrive();
void search();
