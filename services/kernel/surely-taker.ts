/** The words that surely.ts and its parts share. */
import type { Holds, Rule } from "./surely-rules";

export const UNSURE = Symbol("unsure");

/** Gives what is taken of the value, which is the value itself unless something had to be changed, or UNSURE. */
export type Take = (value: unknown) => unknown;

export interface Taker {
  readonly take: Take;
  /** It gives what it was given, or UNSURE. */
  readonly pure: boolean;
}

/** What Joi says of a schema, as far as it is understood here. */
export interface Description {
  readonly type: string;
  readonly flags?: Readonly<Record<string, unknown>>;
  readonly rules?: readonly Rule[];
  readonly allow?: readonly unknown[];
  readonly invalid?: readonly unknown[];
  readonly preferences?: object;
  readonly keys?: Readonly<Record<string, Description>>;
  readonly patterns?: readonly { readonly regex?: string; readonly schema?: Description; readonly rule: Description }[];
  readonly items?: readonly Description[];
  readonly matches?: readonly { readonly schema?: Description }[];
  readonly dependencies?: readonly Dependency[];
}

/** With nothing left out but the keys, where none is listed. */
export type Whole = Required<Omit<Description, "keys">> & Pick<Description, "keys">;

const NOTHING = {
  ...{ flags: {}, rules: [], allow: [], invalid: [], preferences: {} },
  ...{ patterns: [], items: [], matches: [], dependencies: [] },
};

export const wholeOf = (description: Description): Whole => ({ ...NOTHING, ...description });

export interface Dependency {
  readonly rel: string;
  readonly peers: readonly string[];
  readonly key?: string;
}

/** The taker of a part; null where nothing of it is sure. */
export type TakerOf = (description: Description) => Taker | null;

export const pure = (holds: Holds): Taker => ({ take: (value) => (holds(value) ? value : UNSURE), pure: true });
