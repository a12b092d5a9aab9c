/** One product of the demo market: what it says of itself. Pure; all chance comes from the generator given. */
import type { Attributes, CreateProduct, Variant } from "../../models/product/product.contract";
import type { Category, Choice } from "./category";
import type { Random } from "./random";
import { SERIES, VIRTUES, type Value, type Words } from "./words";

export type Described = Omit<CreateProduct, "channels" | "publish" | "media">;

export interface Invented {
  readonly described: Described;
  /** Colour of the picture, 0 to 359. */
  readonly hue: number;
  /** What could be said of it as well: for later revisions of the text. */
  readonly praise: readonly Words[];
}

const PRAISE_FIRST = 2;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A EAN-13 of the range that shops may use inside their own walls, with its check digit. */
export function inStoreEan(number: number): string {
  const digits = `20${String(number % 10_000_000_000).padStart(10, "0")}`;
  const sum = Array.from(digits).reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return digits + String((10 - (sum % 10)) % 10);
}

function numberFrom(random: Random, [min, max, step]: readonly [number, number, number]): number {
  const steps = Math.round((max - min) / step);
  return Math.round((min + random.whole(0, steps) * step) * 10) / 10;
}

function attributesOf(category: Category, material: Value, random: Random): Attributes {
  const numbers = Object.entries(category.numbers).map(([name, range]) => [name, numberFrom(random, range)] as const);
  const flags = category.flags.map((name) => [name, random.chance(0.5)] as const);
  return Object.fromEntries<string | number | boolean>([["material", material.id], ...numbers, ...flags]);
}

function choiceOf(choice: Choice | null, number: number, random: Random): Pick<Described, "options" | "variants"> {
  if (choice === null) return {};
  const values = random.some(choice.values, random.whole(2, 4)).map(({ id }) => id);
  const variants: Variant[] = values.map((id, i) => ({
    id,
    options: { [choice.name]: id },
    ean: inStoreEan(number * 10 + i),
  }));
  return { options: [{ name: choice.name, values }], variants };
}

/** First what it is, then why one wants it. */
export function descriptionOf(first: Words, praise: readonly Words[]): Words {
  return {
    en: [first, ...praise].map(({ en }) => en).join(" "),
    de: [first, ...praise].map(({ de }) => de).join(" "),
  };
}

/** @param number from 0; makes names and EANs differ */
export function inventProduct(category: Category, number: number, random: Random): Invented {
  const thing = random.pick(category.things);
  const brand = random.pick(category.brands);
  const material = random.pick(category.materials);
  const model = `${brand} ${random.pick(SERIES)} ${100 + number}`;
  const first = {
    en: `${capital(thing.en)} made of ${material.en}.`,
    de: `${capital(thing.de)} aus ${material.de}.`,
  };
  const praise = [...random.some(category.praise, PRAISE_FIRST), ...random.some(VIRTUES, PRAISE_FIRST)];
  return {
    described: {
      title: { en: `${model} ${thing.en}, ${material.en}`, de: `${model} ${thing.de}, ${material.de}` },
      description: { ...descriptionOf(first, praise.slice(0, -1)) },
      brand,
      categoryPath: category.path.map(({ en }) => en),
      attributes: attributesOf(category, material, random),
      ...choiceOf(category.choice, number, random),
    },
    hue: random.whole(0, 359),
    praise: [first, ...praise],
  };
}
