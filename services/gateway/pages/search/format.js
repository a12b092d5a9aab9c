// Values as people read them. Everything shown goes through textContent: nothing that a seller wrote becomes markup.

/** An element with its properties and children; strings become text, null is left out. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** The text in the reader's language, else in English, else in the first language there is. */
export function textOf(text) {
  if (!text) return "";
  const wanted = navigator.languages.flatMap((tag) => [tag.toLowerCase(), tag.toLowerCase().split("-")[0]]);
  const found = [...wanted, "en", ...Object.keys(text)].find((language) => Object.hasOwn(text, language));
  return found === undefined ? "" : text[found];
}

/** `{ amountMinor: 1250, currency: "EUR" }` → `€12.50`; the number of digits is the currency's own. */
export function priceOf(money) {
  if (!money) return "";
  try {
    const format = new Intl.NumberFormat(navigator.language, { style: "currency", currency: money.currency });
    return format.format(money.amountMinor / 10 ** format.resolvedOptions().maximumFractionDigits);
  } catch {
    return `${money.amountMinor / 100} ${money.currency}`;
  }
}

export const countOf = (count) => new Intl.NumberFormat(navigator.language).format(count);

/** `display_diagonal` → `Display diagonal` */
export function labelOf(name) {
  const words = name.replaceAll(/[_-]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const plural = (count, one, many) => `${countOf(count)} ${count === 1 ? one : many}`;
