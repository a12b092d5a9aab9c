/** What letters are made of in whichever language. */
import type { Language } from "../../models/account/account.contract";
import { amountText } from "../../models/kernel/money";
import type { Letter, LetterItem, Template } from "../../models/message/message.letter.contract";

export interface Written {
  readonly subject: string;
  readonly text: string;
}

export type Of<T extends Template> = Extract<Letter, { template: T }>;
export type Texts = { readonly [T in Template]: (letter: Of<T>) => Written };

export interface Items {
  readonly items: readonly LetterItem[];
  readonly more: number;
}

export const listed = ({ items, more }: Items, others: (n: number) => string): string =>
  [...items.map(({ title, quantity }) => `  ${quantity} × ${title}`), ...(more > 0 ? [`  ${others(more)}`] : [])].join(
    "\n",
  );

interface Amount {
  readonly amountMinor: number;
  readonly currency: string;
}

/** The digits are those that stand in numbers of orders as well. */
export const money = ({ amountMinor, currency }: Amount, language: Language): string =>
  amountText(amountMinor, currency, `${language}-u-nu-latn`);

/** What it cost before, where that was another price. */
export const was = (
  { wasMinor, amountMinor, currency }: Of<"wish-alert">,
  say: (amount: string) => string,
  language: Language,
): string =>
  wasMinor === null || wasMinor === amountMinor ? "" : say(money({ amountMinor: wasMinor, currency }, language));

export const carried = (names: readonly [string, string], { carrier, tracking }: Of<"parcel-shipped">): string =>
  [
    ...(carrier === null ? [] : [`${names[0]}: ${carrier}\n`]),
    ...(tracking === null ? [] : [`${names[1]}: ${tracking}\n`]),
  ].join("");

export const reasoned = (name: string, reason: string | null): string =>
  reason === null ? "" : `${name}: ${reason}\n\n`;
