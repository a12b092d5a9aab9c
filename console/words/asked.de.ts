import type { askedEn } from "./asked.en";

export const askedDe: typeof askedEn = {
  "asked.seller.approve": "Einen Händler hier verkaufen lassen",
  "asked.assessment.releaseTogether": "Eine große Zahlung freigeben",
  "asked.account.grant": "Jemandem eine Rolle für das ganze Haus geben",
  "asked.order.edit": "Eine bezahlte Bestellung ändern",
  "asked.order.refund": "Viel Geld zurückgeben",
  "asked.ledger.adjust": "Das Konto eines Händlers von Hand ändern",
  "asked.role.define": "Eine Rolle festlegen",
  "asked.role.revise": "Eine Rolle ändern",
  "asked.role.retire": "Eine Rolle abschaffen",
  "about.checkout": "der Kaufvorgang",
  "about.order": "die Bestellung",
  "about.product": "das Produkt",
  "about.review": "die Bewertung",
  "about.listing": "das Angebot",
  "verdict.allow": "erlaubt",
  "verdict.review": "wartet auf einen Menschen",
  "verdict.deny": "abgelehnt",
  "verdict.publish": "veröffentlicht",
  "verdict.hold": "wartet auf einen Menschen",
  "verdict.reject": "nicht veröffentlicht",
};
