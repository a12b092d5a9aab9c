/** The forty sellers of the demo market, all invented: each sells what fits its name, from where it keeps it. */
import { CATEGORIES } from "./goods/goods";
import { seeded } from "./random";
import { slugOf } from "./words";

export interface DemoSeller {
  readonly slug: string;
  readonly name: string;
  /** Names of the categories' first level in English; empty for one that sells everything. */
  readonly sells: readonly string[];
  readonly locations: readonly string[];
  /** Its prices against the usual ones. */
  readonly level: number;
  readonly secondHand: boolean;
}

/** By what they sell: `name: first levels`. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "Nordlicht Handel": [],
  "Hafenkontor": [],
  "Alpen Versand": [],
  "Rheingold Warenhaus": [],
  "Fuchsbau Markt": [],
  "Silberwald": [],
  "Kranich Trade": [],
  "Morgenrot Store": ["Home", "Kitchen"],
  "Stadtgarten Depot": ["Garden", "Home"],
  "Lichtwerk Ost": ["Home"],
  "Wohnwiese": ["Home", "Toys"],
  "Haus am Kanal": ["Home", "Kitchen"],
  "Möbelscheune Treva": ["Home"],
  "Leinen und Lampe": ["Home"],
  "Zimmerlinde": ["Home", "Garden"],
  "Grüner Daumen Bonn": ["Garden"],
  "Beet und Balkon": ["Garden"],
  "Schaufel & Co": ["Garden", "Toys"],
  "Pfannenkontor": ["Kitchen"],
  "Kochlust Leipzig": ["Kitchen"],
  "Topf und Deckel": ["Kitchen", "Home"],
  "Blauer Kiosk": ["Kitchen", "Electronics"],
  "Elektro Habicht": ["Electronics", "Kitchen"],
  "Funkturm Technik": ["Electronics"],
  "Leise Töne": ["Electronics"],
  "Drahtlos Dresden": ["Electronics"],
  "Akku und Kabel": ["Electronics"],
  "Klangladen Kiez": ["Electronics"],
  "Wetterfest": ["Clothing", "Sports"],
  "Kiez Laden": ["Clothing"],
  "Schuhhaus Bergmann": ["Clothing"],
  "Jacke wie Hose": ["Clothing"],
  "Wollgras": ["Clothing", "Home"],
  "Gipfelglück": ["Clothing", "Sports"],
  "Radhof Elbe": ["Sports"],
  "Speiche und Kette": ["Sports"],
  "Spielkiste": ["Toys"],
  "Holzwurm Spielwaren": ["Toys"],
  "Zweite Runde": [],
  "Nochmal schön": ["Electronics", "Clothing", "Home"],
}; // prettier-ignore

const SECOND_HAND = new Set(["Zweite Runde", "Nochmal schön"]);

export const LOCATIONS = ["berlin", "leipzig", "rotterdam", "vienna", "lyon", "gdansk"] as const;
const LOCATIONS_EACH_MAX = 3;

export const SELLERS: readonly DemoSeller[] = Object.entries(NAMES).map(([name, sells], i) => {
  const random = seeded(i + 1);
  const secondHand = SECOND_HAND.has(name);
  return {
    slug: slugOf(name),
    name,
    sells,
    locations: random.some(LOCATIONS, random.whole(1, LOCATIONS_EACH_MAX)),
    level: secondHand ? 0.55 + random.next() * 0.15 : 0.93 + random.next() * 0.16,
    secondHand,
  };
});

const byRoot = new Map(
  CATEGORIES.map(({ path: [root] }) => [
    root.en,
    SELLERS.filter(({ sells }) => sells.length === 0 || sells.includes(root.en)),
  ]),
);

/** Who sells things of a category, by the English name of its first level. */
export const sellersOf = (root: string): readonly DemoSeller[] => byRoot.get(root) ?? [];
