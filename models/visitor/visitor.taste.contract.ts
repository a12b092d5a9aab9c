/**
 * What somebody seems to like, of what they did lately, and how far a search goes by it. Pure: the same taste and the
 * same product always give the same parts, so that a ranking can be taken again from what was kept of it.
 */
import Joi from "../kernel/schema";
import type { OwnText } from "../kernel/text";

/** Something that was looked at, put into a cart or bought: what of it may be liked. */
export interface Traits {
  readonly id: string;
  readonly brand: string | null;
  /** The id of its category, or its path where it has none. */
  readonly category: string | null;
  readonly amountMinor: number | null;
  readonly currency: string | null;
}

export type LikingKind = "brand" | "category" | "price";

export interface Liking {
  readonly kind: LikingKind;
  /** A brand, or a category. */
  readonly value: string;
  /** What it adds to the score of a product that has it. */
  readonly weight: number;
  /** How many different products it was seen in. */
  readonly products: number;
  /** Of a price: what was looked at in the category. */
  readonly lowMinor?: number;
  readonly highMinor?: number;
  readonly currency?: string;
}

export interface Taste {
  readonly likings: Liking[];
  /** True for who chose not to be known. */
  readonly refused?: boolean;
}

/** Of each kind one liking counts at most, so that no product is lifted by more than all shares together. */
export const SHARES: Readonly<Record<LikingKind, number>> = { brand: 1.2, category: 0.5, price: 0.3 };
export const PERSONAL_MAX = Object.values(SHARES).reduce((sum, share) => sum + share, 0);
export const LIKINGS_MAX = 15;

export const NO_TASTE: Taste = { likings: [] };

export const tasteSchema = Joi.object<Taste, true>({
  likings: Joi.array()
    .items(
      Joi.object<Liking, true>({
        kind: Joi.string().valid("brand", "category", "price").required(),
        value: Joi.string().required(),
        weight: Joi.number().min(0).max(PERSONAL_MAX).required(),
        products: Joi.number().integer().min(1).required(),
        lowMinor: Joi.number().integer(),
        highMinor: Joi.number().integer(),
        currency: Joi.string(),
      }),
    )
    .max(LIKINGS_MAX)
    .required(),
  refused: Joi.boolean(),
});

/** What a product shows of itself. */
export interface Tasted {
  readonly brand: string | null;
  readonly category: string | null;
  readonly prices: readonly { readonly amountMinor: number; readonly currency: string }[];
}

/** In the category, or below it where categories are paths. */
const lies = (category: string | null, value: string): boolean =>
  category !== null && (category === value || category.startsWith(`${value}/`));

/** Whether the product has what is liked. */
export function fits({ kind, value, lowMinor = 0, highMinor = 0, currency }: Liking, product: Tasted): boolean {
  if (kind === "brand") return product.brand === value;
  if (!lies(product.category, value)) return false;
  return (
    kind === "category" ||
    product.prices.some(
      (price) => price.currency === currency && price.amountMinor >= lowMinor && price.amountMinor <= highMinor,
    )
  );
}

/** What of the taste speaks for the product: of each kind the strongest. */
export function likingsFor({ likings }: Taste, product: Tasted): Liking[] {
  return (Object.keys(SHARES) as LikingKind[]).flatMap((kind) => {
    const found = likings.filter((liking) => liking.kind === kind && fits(liking, product));
    const [best] = found.sort((a, b) => b.weight - a.weight);
    return best ? [best] : [];
  });
}

const WHAT: Readonly<Record<LikingKind, (liking: Liking) => OwnText>> = {
  brand: ({ value, products }) => ({
    en: `You looked at ${products} ${products === 1 ? "product" : "products"} of ${value}`,
    de: `Sie haben ${products} ${products === 1 ? "Produkt" : "Produkte"} von ${value} angesehen`,
    ko: `${value} 상품 ${products}개를 보셨습니다`,
    ar: products === 1 ? `شاهدت منتجًا من ${value}` : `شاهدت ${products} من منتجات ${value}`,
  }),
  category: ({ products }) => ({
    en: `You looked at ${products} ${products === 1 ? "product" : "products"} of this category`,
    de: `Sie haben ${products} ${products === 1 ? "Produkt" : "Produkte"} dieser Kategorie angesehen`,
    ko: `이 카테고리의 상품 ${products}개를 보셨습니다`,
    ar: products === 1 ? "شاهدت منتجًا من هذه الفئة" : `شاهدت ${products} من منتجات هذه الفئة`,
  }),
  price: () => ({
    en: "It costs about what you looked at in this category",
    de: "Der Preis liegt in dem Bereich, den Sie in dieser Kategorie angesehen haben",
    ko: "이 카테고리에서 보신 상품들과 가격이 비슷합니다",
    ar: "سعره قريب من أسعار ما شاهدته في هذه الفئة",
  }),
};

/** The reason in words. */
export const reasonOf = (liking: Liking): OwnText => WHAT[liking.kind](liking);
