import type { draftEn } from "./draft.en";
import type { Message } from "./message";

export const draftDe: Record<keyof typeof draftEn, Message> = {
  "draft.new": "Artikel anbieten",
  "draft.what": "Das Produkt",
  "draft.title": "Titel",
  "draft.brand": "Marke",
  "draft.quantity": "Stück, die Sie haben",
  "draft.look": "Ansehen lassen",
  "draft.proposed": "Was die Mall vorschlägt",
  "draft.where": "Es gehört wohl hierher",
  "draft.speaks": "{percent} – {why}",
  "draft.elsewhere": "Anderswohin",
  "draft.noPlace": "Kein Platz der Mall passt; gefunden wird es über seine Wörter.",
  "draft.double": "Das wird vielleicht schon angeboten:",
  "draft.takenDouble": "Sie bieten das Produkt an, das es schon gibt:",
  "draft.same": "Es ist dasselbe",
  "draft.different": "Es ist ein anderes",
  "draft.sell": "In den Verkauf geben",
  "draft.offer": "Zu Ihrem Preis anbieten",
  "draft.sold": "Es ist im Verkauf.",
  "draft.see": "Im Laden ansehen",
  "draft.variant": "Welche Ausführung",
  "draft.choose": "Bitte wählen",
  "draft.another": "Noch einen",
};
