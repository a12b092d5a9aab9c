/** Collections of the demo market, each filled by a rule: products come into it and leave it as they change. */
import type { CreateCollection } from "../../models/collection/collection.contract";
import { keyOf } from "../client/keys";
import { historyOf, type Dated } from "./history";
import { YEAR_MS } from "./moments";
import type { Trading } from "./trade";

const COLLECTIONS: readonly Omit<CreateCollection, "channels" | "publish">[] = [
  {
    slug: "gifts-under-25",
    title: { en: "Gifts under 25 euros", de: "Geschenke unter 25 Euro" },
    description: { en: "Small things that are on hand today.", de: "Kleines, das heute da ist." },
    rule: { currency: "EUR", priceMax: 2_500, condition: ["new"], inStock: true },
  },
  {
    slug: "second-life",
    title: { en: "A second life", de: "Ein zweites Leben" },
    description: { en: "Used or made as new, by whoever sells it.", de: "Gebraucht oder aufgearbeitet." },
    rule: { condition: ["used", "refurbished"], inStock: true },
  },
  {
    slug: "the-finest",
    title: { en: "The finest", de: "Das Feinste" },
    description: { en: "From five hundred euros.", de: "Ab fünfhundert Euro." },
    rule: { currency: "EUR", priceMin: 50_000 },
  },
];

export function collectionsOf({ seed, channelId, untilMs }: Trading): Dated[] {
  return COLLECTIONS.map((collection) => {
    const history = historyOf(keyOf("demo", String(seed), "collection", collection.slug));
    const params: CreateCollection = { ...collection, channels: [channelId], publish: true };
    history.add("collection.create", params, untilMs - YEAR_MS);
    return history.commands[0] as Dated;
  });
}
