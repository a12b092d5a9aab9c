/** What the mall writes to its people about their accounts. */
import type { Language } from "../../models/account/account.contract";

export interface Written {
  readonly subject: string;
  readonly text: string;
}

export interface WithCode {
  readonly code: string;
  /** Of the mall: `https://mall.example`. */
  readonly url: string;
}

type Texts<A extends readonly unknown[]> = Readonly<Record<Language, (...args: A) => Written>>;

const said =
  <A extends readonly unknown[]>(texts: Texts<A>) =>
  (language: Language, ...args: A): Written => {
    const { subject, text } = texts[language](...args);
    return { subject, text: `${text.trim()}\n` };
  };

const link = ({ url, code }: WithCode, path: string): string => `${url}/${path}#code=${code}`;

export const verifyAddress = said<[WithCode]>({
  en: (it) => ({
    subject: "Verify your address",
    text: `Welcome! Verify your address within a day:\n\n${link(it, "verify")}\n\nOr enter this code: ${it.code}\n
If you did not register, do nothing: nothing is opened in your name.`,
  }),
  de: (it) => ({
    subject: "Bestätigen Sie Ihre Adresse",
    text: `Willkommen! Bestätigen Sie Ihre Adresse innerhalb eines Tages:\n\n${link(it, "verify")}
\nOder geben Sie diesen Code ein: ${it.code}\n
Wenn Sie sich nicht angemeldet haben, tun Sie nichts: In Ihrem Namen wird nichts eröffnet.`,
  }),
});

export const alreadyThere = said<[]>({
  en: () => ({
    subject: "You have an account already",
    text: `Somebody, probably you, wanted to register with this address. It has an account already: log in, or reset
your password if you have forgotten it. If it was not you, do nothing.`,
  }),
  de: () => ({
    subject: "Sie haben schon ein Konto",
    text: `Jemand, vermutlich Sie, wollte sich mit dieser Adresse registrieren. Für sie gibt es schon ein Konto: Melden
Sie sich an, oder setzen Sie Ihr Passwort zurück, wenn Sie es vergessen haben. Waren Sie es nicht, tun Sie nichts.`,
  }),
});

export const resetPassword = said<[WithCode]>({
  en: (it) => ({
    subject: "Choose a new password",
    text: `Choose a new password within an hour:\n\n${link(it, "reset")}\n\nOr enter this code: ${it.code}\n
If it was not you who asked, do nothing: your password stays as it is.`,
  }),
  de: (it) => ({
    subject: "Wählen Sie ein neues Passwort",
    text: `Wählen Sie innerhalb einer Stunde ein neues Passwort:\n\n${link(it, "reset")}
\nOder geben Sie diesen Code ein: ${it.code}\n
Wenn Sie das nicht verlangt haben, tun Sie nichts: Ihr Passwort bleibt, wie es ist.`,
  }),
});

export const passwordChanged = said<[]>({
  en: () => ({
    subject: "Your password was changed",
    text: "The password of your account was changed. If it was not you, reset it now.",
  }),
  de: () => ({
    subject: "Ihr Passwort wurde geändert",
    text: "Das Passwort Ihres Kontos wurde geändert. Waren Sie es nicht, setzen Sie es jetzt zurück.",
  }),
});
