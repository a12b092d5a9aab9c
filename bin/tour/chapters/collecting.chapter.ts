/** Collections: chosen by hand, or by a rule that takes in whatever fits it, and lets go what does not any more. */
import type { Answer, Guide } from "../guide";
import { tokenOf, type Found } from "./selling.chapter";

const BY_HAND = { slug: "our-choice", title: { en: "Our choice" }, publish: true };
const BY_RULE = { slug: "all-of-lumora", title: { en: "All of Lumora" }, rule: { brand: ["Lumora"] }, publish: true };
const BULB = { title: { en: "Bulb Ember" }, brand: "Lumora", publish: true };

async function finds(guide: Guide, slug: string, after: readonly Answer[]): Promise<string[]> {
  guide.name("TOKEN", after.map(tokenOf).join(","));
  const headers = { "stoa-token": guide.named("TOKEN") };
  const path = `/v1/products?collection=${slug}`;
  const found = await guide.ask({ method: "GET", path, headers }, { show: ({ total }: Found) => ({ total }) });
  return (found.body as Found).items.map(({ id }) => id);
}

export async function collects({ guide }: { readonly guide: Guide }): Promise<void> {
  guide.step("Two collections: one chosen by hand, one by a rule, which a new product fits and a withdrawn one leaves");
  const [lamp, sellerId, channels] = [guide.named("PRODUCT"), guide.named("SELLER"), [guide.named("CHANNEL")]];
  const post = (as: string, path: string, body: object, names: Readonly<Record<string, string>>) =>
    guide.ask({ method: "POST", path, as, body }, { names });
  const byHand = await post("OWNER", "/v1/collections", { ...BY_HAND, products: [lamp] }, { CHOICE: "id" });
  const byRule = await post("OWNER", "/v1/collections", BY_RULE, { LUMORA: "id" });
  const bulb = await post("MIA", "/v1/products", { ...BULB, channels, sellerId }, { BULB: "id" });
  const chosen = await finds(guide, BY_HAND.slug, [byHand, bulb]);
  guide.holds("the one by hand holds what was put into it", chosen.join() === lamp, chosen);
  const ruled = await finds(guide, BY_RULE.slug, [byRule, bulb]);
  const both = ruled.length === 2 && ruled.includes(lamp) && ruled.includes(guide.named("BULB"));
  guide.holds("the one by rule has taken in the new bulb by itself", both, ruled);
  const withdraw = { method: "POST", path: `/v1/products/${guide.named("BULB")}/withdraw`, as: "MIA" } as const;
  const withdrawn = await guide.ask(withdraw);
  const left = await finds(guide, BY_RULE.slug, [byRule, withdrawn]);
  guide.holds("and let it go when it was withdrawn", left.join() === lamp, left);
}
