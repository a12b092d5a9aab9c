/** One product of the demo market: what it says of itself. Pure; all chance comes from the generator given. */
import type { Attributes, Variant } from "../../models/product/product.contract";
import type { CreateProduct } from "../../models/product/product.contract";
import type { Category, Choice } from "./categories";
import type { Random } from "./random";
import { SERIES, VIRTUES, type Value, type Words } from "./words";

export type Described = Omit<CreateProduct, "channels" | "publish" | "media">;

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

function variantsOf(choice: Choice, number: number, random: Random): { values: string[]; variants: Variant[] } {
  const values = random.some(choice.values, random.whole(2, 4)).map(({ id }) => id);
  const variants = values.map((id, i) => ({ id, options: { [choice.name]: id }, ean: inStoreEan(number * 10 + i) }));
  return { values, variants };
}

function descriptionOf(thing: Words, material: Value, virtues: readonly Words[]): Words {
  const text = (language: "en" | "de", first: string): string =>
    [first, ...virtues.map((virtue) => virtue[language])].join(" ");
  return {
    en: text("en", `${capital(thing.en)} made of ${material.en}.`),
    de: text("de", `${capital(thing.de)} aus ${material.de}.`),
  };
}

/** @param number from 0; makes names and EANs differ */
export function describeProduct(category: Category, number: number, random: Random): Described {
  const thing = random.pick(category.things);
  const brand = random.pick(category.brands);
  const material = random.pick(category.materials);
  const model = `${random.pick(SERIES)} ${100 + number}`;
  const chosen = category.choice === null ? null : variantsOf(category.choice, number, random);
  return {
    title: {
      en: `${brand} ${model} ${thing.en}, ${material.en}`,
      de: `${brand} ${model} ${thing.de}, ${material.de}`,
    },
    description: { ...descriptionOf(thing, material, random.some(VIRTUES, 3)) },
    brand,
    categoryPath: [...category.path],
    attributes: attributesOf(category, material, random),
    ...(chosen === null || category.choice === null
      ? {}
      : { options: [{ name: category.choice.name, values: chosen.values }], variants: chosen.variants }),
  };
}
