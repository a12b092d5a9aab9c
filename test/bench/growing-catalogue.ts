/** A catalogue of any size: who sells more sells more kinds of things, and more of each thing. */
import type { ImportRecord } from "../../bin/import/record";

/** Products that one question of the first kind finds. */
export const OF_A_KIND = 400;
export const THINGS = ["lamp", "chair", "kettle", "jacket", "drill", "piano", "tent", "watch", "sofa", "mixer"];
const LOOKS = ["black", "white", "oak", "steel", "blue", "red", "green", "brass", "linen", "glass"];

/** A word without figures and endings, which is read as it stands: kind 27 is "kinddk". */
export const kindName = (kind: number): string =>
  `kind${Array.from(String(kind), (digit) => "bcdfghjklm"[Number(digit)] ?? "").join("")}`;

export function recordOf(n: number): ImportRecord {
  const [thing, look] = [THINGS[n % THINGS.length] ?? "", LOOKS[Math.floor(n / 10) % LOOKS.length] ?? ""];
  const kind = kindName(Math.floor(n / OF_A_KIND));
  const price = { amountMinor: 500 + ((n * 37) % 90_000), currency: "EUR" };
  return {
    id: `p${n}`,
    product: {
      title: { en: `Maker ${n % 997} ${look} ${kind} ${thing}` },
      description: { en: `A ${look} ${thing} of ${kind}, the ${n}th of its street, for every room and every day.` },
      brand: `Brand ${n % 400}`,
      categoryPath: ["All", thing, kind],
      attributes: { colour: look, size: n % 40, weight: n % 90 },
      publish: true,
    },
    offers: [{ sellerId: `seller-${n % 500}`, sku: `s${n}`, price, condition: "new", stock: { berlin: n % 9 } }],
  };
}
