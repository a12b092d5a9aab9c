// How what was found can be narrowed down, with how much would be left.
import { chosen, fromMinor } from "./address.js";
import { countOf, element, labelOf } from "./format.js";

const FIXED = ["category", "brand", "seller", "condition"];

/** A facet is one of these or an attribute; an attribute is sent as `name:value`. */
const paramOf = (facet, value) => (FIXED.includes(facet) ? [facet, value] : ["attribute", `${facet}:${value}`]);

function choice(facet, { value, count, label }, state) {
  const [name, sent] = paramOf(facet, value);
  const box = element("input", { type: "checkbox", checked: state.getAll(name).includes(sent) });
  box.dataset.name = name;
  box.dataset.value = sent;
  const shown = label ?? (facet === "category" ? value.split("/").at(-1) : value);
  return element(
    "li",
    {},
    element(
      "label",
      {},
      box,
      element("span", { textContent: shown }),
      element("small", { textContent: countOf(count) }),
    ),
  );
}

const OPEN = 4;

const order = (facets) => {
  const rest = Object.keys(facets).filter((name) => !FIXED.includes(name));
  return [...FIXED.filter((name) => Object.hasOwn(facets, name)), ...rest];
};

export function showFacets(into, facets, state) {
  const blocks = order(facets)
    .filter((facet) => facets[facet].length > 0)
    .map((facet, i) =>
      element(
        "details",
        { open: i < OPEN },
        element("summary", { textContent: labelOf(facet) }),
        element("ul", { className: "facet" }, ...facets[facet].map((value) => choice(facet, value, state))),
      ),
    );
  into.replaceChildren(...blocks);
}

const WORDS = {
  priceMin: (value) => `from ${fromMinor(value)}`,
  priceMax: (value) => `up to ${fromMinor(value)}`,
  inStock: () => "in stock",
  attribute: (value) => value.replace(":", ": ").replaceAll("_", " "),
};

export function showChosen(into, state) {
  const items = chosen(state).map(([name, value]) => {
    const words = WORDS[name]?.(value) ?? value;
    const button = element("button", { type: "button", className: "quiet", textContent: `${words} ×` });
    button.setAttribute("aria-label", `Remove the filter ${words}`);
    button.dataset.name = name;
    button.dataset.value = value;
    return element("li", {}, button);
  });
  into.replaceChildren(...items);
}
