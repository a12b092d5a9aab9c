// What was searched for instead, where the question as it was typed found little: never done without saying so.
import { addressOf, changed } from "./address.js";
import { element, plural } from "./format.js";

const quoted = (text) => element("strong", { textContent: text });

function relaxedLine({ q, spelling, partial, exact }, typed) {
  const line = element("p", {});
  if (spelling) line.append("Shown is what was found for ", quoted(q), `, not for “${typed}”. `);
  if (partial && exact === 0) line.append("Nothing has all of these words; shown is what has some of them.");
  if (partial && exact > 0) {
    line.append(
      `Only ${plural(exact, "product has", "products have")} all of these words; after these comes what has some.`,
    );
  }
  return line;
}

function meantLine(didYouMean, state) {
  const link = element("a", { href: addressOf(changed(state, "q", didYouMean)), textContent: didYouMean });
  link.dataset.q = didYouMean;
  return element("p", {}, "Did you mean ", link, "?");
}

export function showNote(place, { relaxed = null, didYouMean = null }, state) {
  const lines = [
    relaxed === null ? null : relaxedLine(relaxed, state.get("q") ?? ""),
    didYouMean === null ? null : meantLine(didYouMean, state),
  ].filter((line) => line !== null);
  place.replaceChildren(...lines);
  place.hidden = lines.length === 0;
}
