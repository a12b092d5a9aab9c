import type { keysEn } from "./keys.en";

export const keysDe: Record<keyof typeof keysEn, string> = {
  "keys.title": "Schlüssel für Programme",
  "keys.lead":
    "Ein Programm handelt mit einem Schlüssel für Sie: Es darf, was Sie ihm hier geben, von dem, was Sie " +
    "selbst dürfen, und nie sich anmelden, Ihr Konto ändern oder Schlüssel machen.",
  "keys.none": "Noch keine Schlüssel",
  "keys.name": "Bezeichnung",
  "keys.nameHint": "Woran Sie ihn wiedererkennen: wofür er ist",
  "keys.begins": "Beginnt mit",
  "keys.may": "Berechtigungen",
  "keys.made": "Gemacht",
  "keys.used": "Zuletzt benutzt",
  "keys.never": "noch nicht",
  "keys.new": "Ein neuer Schlüssel",
  "keys.choose": "Was er darf: höchstens {max}",
  "keys.make": "Schlüssel machen",
  "keys.once":
    "Das ist der Schlüssel. Er wird jetzt gezeigt und nie wieder: Bewahren Sie ihn dort auf, wo Ihr " +
    "Programm ihn findet.",
  "keys.key": "Der Schlüssel",
  "keys.copy": "Kopieren",
  "keys.copied": "Kopiert",
  "keys.kept": "Ich habe ihn",
  "keys.revoke": "Widerrufen",
  "keys.revokeTitle": "{name} widerrufen?",
  "keys.revokeText":
    "Was ihn benutzt, wird ab jetzt abgewiesen. Das lässt sich nicht zurücknehmen; ein neuer ist " +
    "jederzeit zu haben.",
  "keys.open": "Für Programme, die für Sie handeln: Geben Sie ihnen eigene Schlüssel statt Ihres Passworts.",
  "keys.look": "Meine Schlüssel ansehen",
};
