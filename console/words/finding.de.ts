import type { findingEn } from "./finding.en";
import type { Message } from "./message";

export const findingDe: Record<keyof typeof findingEn, Message> = {
  "finding.title": "Suchen, und was daraus wird",
  "finding.places": "Nach Kanal und Abteilung",
  "finding.where": "Wo",
  "finding.noChannel": "kein Kanal",
  "finding.queries": "Nach Worten",
  "finding.query": "Worte",
  "finding.untold": "von zu wenigen gesagt, um es zu nennen",
  "finding.searches": "Suchen",
  "finding.zero": "Nichts gefunden",
  "finding.clicked": "Geklickt",
  "finding.place": "Platz der Klicks",
  "finding.bought": "Gekauft",
  "finding.revenue": "Umsatz",
  "finding.channel": "Kanal",
  "finding.section": "Abteilung",
  "finding.all": "alle",
  "finding.by.searches": "am meisten gesucht",
  "finding.by.zero-results": "am häufigsten nichts",
  "finding.by.click-through": "am meisten geklickt",
  "finding.by.conversion": "am meisten gekauft",
  "synonyms.title": "Synonyme",
  "synonyms.lead":
    "Was Kunden danach suchten und fanden: Stimmt man zu, wird daraus eine Regel zum Probieren und Einschalten.",
  "synonyms.visitors": { one: "{n} Besucher", other: "{n} Besucher" },
  "synonyms.approve": "Zustimmen",
  "synonyms.new": "Ein neues Synonym",
  "synonyms.means": "Heißt auch",
  "synonyms.twoWay": "Und umgekehrt",
};
