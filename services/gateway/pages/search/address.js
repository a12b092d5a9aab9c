// The page's state is its address: it can be sent to somebody, and the back button works.

const SINGLE = ["q", "sort", "priceMin", "priceMax", "currency", "inStock", "channel", "lang"];
const SEVERAL = ["category", "brand", "seller", "condition", "attribute"];

/** Two digits after the point, as nearly all currencies have; the API counts in the smallest unit. */
export const toMinor = (text) => String(Math.round(Number(text) * 100));
export const fromMinor = (text) => (text === null ? "" : String(Number(text) / 100));

/** Only what the page knows, in one order, so that equal searches have equal addresses. */
export function read(search = location.search) {
  const given = new URLSearchParams(search);
  const state = new URLSearchParams();
  for (const name of SINGLE) {
    const value = given.get(name);
    if (value !== null && value !== "") state.set(name, value);
  }
  for (const name of SEVERAL) for (const value of new Set(given.getAll(name))) state.append(name, value);
  return state;
}

/** Which product is open, if any. */
export const openProduct = () => new URLSearchParams(location.search).get("product");

export function addressOf(state, product = null) {
  const all = new URLSearchParams(state);
  if (product !== null) all.set("product", product);
  const text = all.toString();
  return text === "" ? "/" : `/?${text}`;
}

/** A copy with one value put in, taken out or replaced. */
export function changed(state, name, value, on = true) {
  const next = new URLSearchParams(state);
  if (SEVERAL.includes(name)) {
    next.delete(name, value);
    if (on) next.append(name, value);
  } else if (on && value !== "") next.set(name, value);
  else next.delete(name);
  return read(`?${next}`);
}

/** What is narrowed down, as pairs that can be taken away one by one. */
export const chosen = (state) => [...state].filter(([name]) => !["q", "sort", "channel", "lang"].includes(name));
