/** A text of the page: one form, or one for each kind of number that the language tells apart. */
export type Message = string | Plural;

/** The kinds of `Intl.PluralRules`. */
export interface Plural {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

export type Given = Readonly<Record<string, string | number>>;

/** `n` chooses the form; numbers are written as the language writes them. */
export function written(message: Message, given: Given, locale: string): string {
  const n = typeof given["n"] === "number" ? given["n"] : 0;
  const form =
    typeof message === "string" ? message : (message[new Intl.PluralRules(locale).select(n)] ?? message.other);
  return form.replace(/\{(\w+)\}/g, (all, name: string) => {
    const value = given[name];
    if (value === undefined) return all;
    return typeof value === "number" ? new Intl.NumberFormat(locale).format(value) : value;
  });
}

/** What stands in braces, in order, each once. */
export function blanksOf(message: Message): string[] {
  const forms = typeof message === "string" ? [message] : Object.values(message as unknown as Record<string, string>);
  return [...new Set(forms.flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name)))].sort();
}
