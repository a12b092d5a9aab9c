/** What the mall writes to its people about their purchases and payouts. */
import type { Language } from "../../models/account/account.contract";
import type { Decision, Letter } from "../../models/message/message.letter.contract";
import { carried, listed, money, reasoned, was, type Items, type Texts, type Written } from "./parts.mail";
import { ar } from "./texts.ar.mail";
import { ko } from "./texts.ko.mail";

const REASONS_DE: Readonly<Record<string, string>> = {
  return: "Rücksendung",
  cancelled: "Stornierung",
  exchange: "Umtausch",
};
const REASONS_EN: Readonly<Record<string, string>> = {
  return: "returned goods",
  cancelled: "cancellation",
  exchange: "exchange",
};

const itemsEn = (it: Items): string => listed(it, (n) => `and ${n} more`);
const itemsDe = (it: Items): string => listed(it, (n) => `und ${n} weitere`);

const DECIDED_EN: Readonly<Record<Decision, readonly [string, string]>> = {
  approved: [
    "approved",
    "It is approved. Send the goods back to the seller; you hear from us once they were looked at.",
  ],
  rejected: ["rejected", "The seller has rejected it."],
  settled: ["settled", "It is settled. What is due to you is on its way."],
};
const DECIDED_DE: Readonly<Record<Decision, readonly [string, string]>> = {
  approved: [
    "angenommen",
    "Sie ist angenommen. Senden Sie die Ware an den Händler zurück; sobald sie geprüft ist, hören Sie von uns.",
  ],
  rejected: ["abgelehnt", "Der Händler hat sie abgelehnt."],
  settled: ["abgeschlossen", "Sie ist abgeschlossen. Was Ihnen zusteht, ist auf dem Weg."],
};
const KINDS_EN = { return: "return", exchange: "exchange", claim: "claim" } as const;
const KINDS_DE = { return: "Rücksendung", exchange: "Umtauschanfrage", claim: "Reklamation" } as const;

const en: Texts = {
  "order-placed": (it) => ({
    subject: `Your order ${it.number}`,
    text: `Thank you for your order ${it.number}:\n\n${itemsEn(it)}\n\nTotal: ${money(it, "en")}\n
See how far it is at any time:\n${it.link}`,
  }),
  "parcel-shipped": (it) => ({
    subject: `Your order ${it.number} is on its way`,
    text: `A parcel of your order ${it.number} is on its way:\n\n${itemsEn(it)}\n
${carried(["Carrier", "Tracking number"], it)}\nYour order:\n${it.link}`,
  }),
  "goods-delivered": (it) => ({
    subject: `Your order ${it.number} is ready`,
    text: `These goods of your order ${it.number} are ready for you:\n\n${itemsEn(it)}\n\nYour order:\n${it.link}`,
  }),
  "order-raised": ({ creditMinor, ...it }) => ({
    subject: creditMinor === undefined ? `More for your order ${it.number}?` : `Your exchange for order ${it.number}`,
    text:
      creditMinor === undefined
        ? `The seller proposes more for your order ${it.number}, for ${money(it, "en")}: ${it.reason}

Until ${it.until.slice(0, 10)} you can agree and pay. If you do not, your order stays as it is.

Your order:
${it.link}`
        : `What you sent back of your order ${it.number} has come. \
${money({ ...it, amountMinor: creditMinor }, "en")} of it are put against what you want instead. \
The difference is ${money(it, "en")}.

Until ${it.until.slice(0, 10)} you can pay it, and it is sent. If you do not, what you sent back is paid back.

Your order:
${it.link}`,
  }),
  "return-decided": (it) => ({
    subject: `Your ${KINDS_EN[it.kind]} for order ${it.number} is ${DECIDED_EN[it.decision][0]}`,
    text: `About your ${KINDS_EN[it.kind]} for order ${it.number}: ${DECIDED_EN[it.decision][1]}\n
${reasoned("Reason", it.reason)}Your order:\n${it.link}`,
  }),
  refund: (it) => ({
    subject: `Refund for your order ${it.number}`,
    text: `We pay back ${money(it, "en")} for your order ${it.number}.\n
Reason: ${REASONS_EN[it.reason] ?? it.reason}\n\nYour order:\n${it.link}`,
  }),
  "payout-statement": (it) => ({
    subject: `Payout ${it.cycle} of ${it.sellerName}`,
    text: `Payout ${it.cycle} of ${it.sellerName} is under way: ${money(it, "en")}.\n\nIts statement:\n${it.link}`,
  }),
  "webhook-disabled": (it) => ({
    subject: `Webhooks to ${it.host} are disabled`,
    text: `${
      it.gone
        ? `The endpoint at ${it.host} answered that it is gone.`
        : `Nothing could be told to the endpoint at ${it.host} for about three days.`
    } It is told nothing more.

Enable it when it answers again, and have it told what it missed:\n${it.link}`,
  }),
  "wish-alert": (it) => ({
    subject: it.what === "back" ? `Back in stock: ${it.title}` : `Now cheaper: ${it.title}`,
    text: `News of something on your wish list:

${it.title}
Now ${money(it, "en")}${was(it, (amount) => ` (when you put it there: ${amount})`, "en")}

Have a look:
${it.link}

This alert is sent once. To get no more of them:
${it.stop}`,
  }),
};

const de: Texts = {
  "order-placed": (it) => ({
    subject: `Ihre Bestellung ${it.number}`,
    text: `Vielen Dank für Ihre Bestellung ${it.number}:\n\n${itemsDe(it)}\n\nSumme: ${money(it, "de")}\n
Wie weit sie ist, sehen Sie jederzeit hier:\n${it.link}`,
  }),
  "parcel-shipped": (it) => ({
    subject: `Ihre Bestellung ${it.number} ist unterwegs`,
    text: `Ein Paket Ihrer Bestellung ${it.number} ist unterwegs:\n\n${itemsDe(it)}\n
${carried(["Versand durch", "Sendungsnummer"], it)}\nIhre Bestellung:\n${it.link}`,
  }),
  "goods-delivered": (it) => ({
    subject: `Ihre Bestellung ${it.number} ist bereit`,
    text: `Aus Ihrer Bestellung ${it.number} steht für Sie bereit:\n\n${itemsDe(it)}\n\nIhre Bestellung:\n${it.link}`,
  }),
  "order-raised": ({ creditMinor, ...it }) => ({
    subject: creditMinor === undefined ? `Mehr zu Ihrer Bestellung ${it.number}?` : `Ihr Umtausch zu ${it.number}`,
    text:
      creditMinor === undefined
        ? `Der Händler bietet Ihnen zu Ihrer Bestellung ${it.number} mehr an, für ${money(it, "de")}: ${it.reason}

Bis zum ${it.until.slice(0, 10)} können Sie zustimmen und bezahlen. Sonst bleibt die Bestellung, wie sie ist.

Ihre Bestellung:
${it.link}`
        : `Was Sie zu Ihrer Bestellung ${it.number} zurückgesandt haben, ist angekommen. Davon werden \
${money({ ...it, amountMinor: creditMinor }, "de")} auf das angerechnet, was Sie stattdessen wünschen. Die Differenz \
beträgt ${money(it, "de")}.

Bis zum ${it.until.slice(0, 10)} können Sie sie bezahlen, dann wird es versandt. Sonst wird erstattet, was Sie \
zurückgesandt haben.

Ihre Bestellung:
${it.link}`,
  }),
  "return-decided": (it) => ({
    subject: `Ihre ${KINDS_DE[it.kind]} zur Bestellung ${it.number} ist ${DECIDED_DE[it.decision][0]}`,
    text: `Zu Ihrer ${KINDS_DE[it.kind]} zur Bestellung ${it.number}: ${DECIDED_DE[it.decision][1]}\n
${reasoned("Grund", it.reason)}Ihre Bestellung:\n${it.link}`,
  }),
  refund: (it) => ({
    subject: `Erstattung zu Ihrer Bestellung ${it.number}`,
    text: `Wir erstatten Ihnen ${money(it, "de")} zu Ihrer Bestellung ${it.number}.\n
Grund: ${REASONS_DE[it.reason] ?? it.reason}\n\nIhre Bestellung:\n${it.link}`,
  }),
  "payout-statement": (it) => ({
    subject: `Auszahlung ${it.cycle} an ${it.sellerName}`,
    text: `Auszahlung ${it.cycle} an ${it.sellerName} ist angewiesen: ${money(it, "de")}.\n
Ihre Abrechnung:\n${it.link}`,
  }),
  "webhook-disabled": (it) => ({
    subject: `Webhooks an ${it.host} sind abgeschaltet`,
    text: `${
      it.gone
        ? `Der Empfänger unter ${it.host} hat geantwortet, dass es ihn nicht mehr gibt.`
        : `Dem Empfänger unter ${it.host} konnte etwa drei Tage lang nichts gemeldet werden.`
    } Ihm wird nichts mehr gemeldet.

Schalten Sie ihn wieder ein, sobald er antwortet, und lassen Sie nachholen, was ihm entging:\n${it.link}`,
  }),
  "wish-alert": (it) => ({
    subject: it.what === "back" ? `Wieder da: ${it.title}` : `Jetzt günstiger: ${it.title}`,
    text: `Neues von Ihrer Wunschliste:

${it.title}
Jetzt ${money(it, "de")}${was(it, (amount) => ` (als Sie es gemerkt haben: ${amount})`, "de")}

Ansehen:
${it.link}

Dieser Hinweis kommt einmal. Wenn Sie keine mehr möchten:
${it.stop}`,
  }),
};

const texts: Readonly<Record<Language, Texts>> = { en, de, ko, ar };

/** The letter in a language. Its subject is one line. */
export function written(letter: Letter, language: Language): Written {
  const { subject, text } = texts[language][letter.template](letter as never);
  return { subject, text: `${text.trim()}\n` };
}
