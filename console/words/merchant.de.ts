import type { merchantEn } from "./merchant.en";
import type { Message } from "./message";

export const merchantDe: Record<keyof typeof merchantEn, Message> = {
  "rules.does": "Was sie tut",
  "rules.deed.lift": "heben, was passt",
  "rules.deed.lower": "senken, was passt",
  "rules.deed.pin": "Produkte nach oben stellen",
  "rules.deed.bury": "Produkte ans Ende stellen",
  "rules.deed.hide": "Produkte verbergen",
  "rules.deed.only": "nur zeigen, was passt",
  "rules.deed.same": "Wörter, die dasselbe bedeuten",
  "rules.deed.alsoFind": "Wörter, die auch andere finden",
  "rules.deed.redirect": "woanders hinführen",
  "rules.several": "Mehrere mit Kommas dazwischen",
  "rules.path": "Ein Pfad des Ladens wie /sale, oder eine https-Adresse",
  "rules.valueOf.target": "welche",
  "rules.valueOf.pin": "Produkte: Kennungen oder Adressen, das erste zuoberst",
  "rules.valueOf.bury": "Produkte: Kennungen oder Adressen",
  "rules.valueOf.hide": "Zu verbergende Produkte: Kennungen oder Adressen",
  "rules.valueOf.same": "Wörter",
  "rules.valueOf.alsoFind": "Was sie auch finden",
  "rules.valueOf.redirect": "Wohin",
  "rules.everywhere": "überall",
  "rules.channel": "Kanal",
  "rules.section": "Bereich",
  "rules.from": "Ab",
  "rules.until": "Bis",
};
