/** What the demo market rests on: its categories as a tree, and its sellers, let in a year ago. Pure. */
import type { CreateCategory } from "../../models/category/category.contract";
import type { SaveApplication } from "../../models/seller/seller.contract";
import { idMadeBy, keyOf } from "../client/keys";
import { definitionsOf } from "./attributes";
import type { Category } from "./category";
import { CATEGORIES } from "./goods/goods";
import { historyOf, type Dated, type History } from "./history";
import { DAY_MS, YEAR_MS } from "./moments";
import { SELLERS, type DemoSeller } from "./sellers";
import { slugOf, type Words } from "./words";

export interface Founding {
  readonly seed: number;
  readonly principalId: string;
  readonly untilMs: number;
}

/** Before the first product came. */
const BEFORE_MS = 30 * DAY_MS;

const categoryKey = (seed: number, path: readonly Words[]): string =>
  keyOf("demo", String(seed), "category", ...path.map(({ en }) => slugOf(en)));

export const categoryIdOf = ({ seed, principalId }: Founding, path: readonly Words[]): string =>
  idMadeBy(principalId, "category.create", categoryKey(seed, path));

const sellerKey = (seed: number, slug: string): string => keyOf("demo", String(seed), "seller", slug);

export const sellerIdOf = ({ seed, principalId }: Founding, slug: string): string =>
  idMadeBy(principalId, "seller.apply", sellerKey(seed, slug));

/** The check digit of a German VAT number: ISO/IEC 7064, MOD 11,10. */
export function vatIdOf(eight: string): string {
  const product = Array.from(eight, Number).reduce((held, digit) => (((held + digit) % 10 || 10) * 2) % 11, 10);
  return `DE${eight}${(11 - product) % 10}`;
}

/** A German IBAN with its check digits: ISO/IEC 7064, MOD 97-10, over the account, then `DE` as 13 14, then 00. */
export function ibanOf(account: string): string {
  const rest = Array.from(`${account}131400`).reduce((held, digit) => (held * 10 + Number(digit)) % 97, 0);
  return `DE${String(98 - rest).padStart(2, "0")}${account}`;
}

/** Numbers that nobody has: a bank code of zeros belongs to no bank. */
function application({ name, slug }: DemoSeller, number: number): Omit<SaveApplication, "id"> {
  return {
    about: { en: `${name} is one of the shops of the demo market.`, de: `${name} ist ein Laden des Demo-Markts.` },
    business: { legalName: `${name} GmbH`, street: `Marktgasse ${number}`, postalCode: "10115", city: "Berlin" },
    contact: { name: "Order desk", email: `orders@${slug}.example` },
    tax: { vatId: vatIdOf(String(10_000_000 + number * 131)) },
    bank: { holder: `${name} GmbH`, iban: ibanOf(`00000000${String(number).padStart(10, "0")}`) },
    papers: [{ kind: "register-extract", reference: `HRB ${1_000 + number}` }],
  };
}

function sellerHistory(founding: Founding, seller: DemoSeller, number: number): History {
  const id = sellerIdOf(founding, seller.slug);
  const atMs = founding.untilMs - YEAR_MS - BEFORE_MS + number * 3_600_000;
  const history = historyOf(sellerKey(founding.seed, seller.slug));
  history.add("seller.apply", { name: seller.name, country: "DE", form: "company" }, atMs);
  history.add("seller.save", { id, ...application(seller, number) }, atMs + DAY_MS);
  history.add("seller.submit", { id }, atMs + DAY_MS + 600_000);
  history.add("seller.approve", { id }, atMs + 3 * DAY_MS);
  return history;
}

function categoryCommand(founding: Founding, path: readonly Words[], of?: Category): Dated {
  const [name, parent] = [path.at(-1) as Words, path.slice(0, -1)];
  const params: CreateCategory = {
    slug: path.map(({ en }) => slugOf(en)).join("-"),
    name: { ...name },
    ...(parent.length === 0 ? {} : { parentId: categoryIdOf(founding, parent) }),
    ...(of === undefined ? {} : { attributes: definitionsOf(of) }),
  };
  const history = historyOf(categoryKey(founding.seed, path));
  history.add("category.create", params, founding.untilMs - YEAR_MS - BEFORE_MS);
  return history.commands[0] as Dated;
}

/** In rounds, as the products come. */
export function foundingOf(founding: Founding): Dated[][] {
  const roots = [...new Map(CATEGORIES.map(({ path: [root] }) => [root.en, root])).values()];
  const sellers = SELLERS.map((seller, i) => sellerHistory(founding, seller, i + 1).commands);
  const steps = [0, 1, 2, 3].map((step) => sellers.flatMap((commands) => commands[step] ?? []));
  return [
    roots.map((root) => categoryCommand(founding, [root])),
    CATEGORIES.map((category) => categoryCommand(founding, category.path, category)),
    ...steps,
  ];
}
