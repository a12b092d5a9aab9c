/** The words of the demo market. Brands, series and sellers are invented. */

export interface Words {
  readonly en: string;
  readonly de: string;
}

export interface Value extends Words {
  /** As attributes and variants name it. */
  readonly id: string;
}

const value = (id: string, de: string, en = id): Value => ({ id, en, de });

export const COLOURS: readonly Value[] = [
  value("black", "schwarz"),
  value("white", "weiß"),
  value("silver", "silber"),
  value("navy", "marineblau"),
  value("olive", "oliv"),
  value("terracotta", "terrakotta"),
  value("sand", "sandfarben"),
];

export const SIZES: readonly Value[] = ["xs", "s", "m", "l", "xl"].map((id) =>
  value(id, id.toUpperCase(), id.toUpperCase()),
);
export const SHOE_SIZES: readonly Value[] = ["38", "39", "40", "41", "42", "43", "44"].map((id) => value(id, id));
export const STORAGE: readonly Value[] = ["128-gb", "256-gb", "512-gb"].map((id) => {
  const text = id.replace("-gb", " GB");
  return value(id, text, text);
});

export const MATERIALS = {
  metal: [value("steel", "Stahl"), value("aluminium", "Aluminium"), value("brass", "Messing")],
  wood: [value("oak", "Eiche"), value("walnut", "Nussbaum"), value("beech", "Buche"), value("bamboo", "Bambus")],
  cloth: [
    value("cotton", "Baumwolle"),
    value("linen", "Leinen"),
    value("merino-wool", "Merinowolle", "merino wool"),
    value("recycled-polyester", "Recycling-Polyester", "recycled polyester"),
  ],
  kitchen: [value("cast-iron", "Gusseisen", "cast iron"), value("stoneware", "Steinzeug"), value("glass", "Glas")],
  plastic: [value("recycled-plastic", "Recycling-Kunststoff", "recycled plastic"), value("silicone", "Silikon")],
} satisfies Record<string, readonly Value[]>;

export const SERIES = [
  "Arlo", "Brisa", "Corvo", "Delta", "Elara", "Fjord", "Gala", "Halden", "Iris", "Juno", "Kern", "Luma", "Mira",
  "Nova", "Orbit", "Pixa", "Quill", "Rondo", "Solis", "Terra", "Umbra", "Vela", "Willow", "Yara", "Zephyr",
]; // prettier-ignore

export const SELLERS = [
  "nordlicht-handel", "hafen-kontor", "alpen-versand", "kiez-laden", "rheingold-shop", "fuchsbau-markt",
  "morgenrot-store", "silberwald", "stadtgarten-depot", "kranich-trade", "blauer-kiosk", "zweite-runde",
] as const; // prettier-ignore

/** Sells what was used before. */
export const SECOND_HAND_SELLER = "zweite-runde";

export const LOCATIONS = ["berlin", "rotterdam"] as const;

/** Why it is good, as whole sentences; each category picks from its own tone and from these. */
export const VIRTUES: readonly Words[] = [
  {
    en: "Made to be repaired: every part can be ordered singly.",
    de: "Reparierbar: Jedes Teil ist einzeln erhältlich.",
  },
  { en: "Ships in packaging without plastic.", de: "Wird ohne Plastikverpackung geliefert." },
  { en: "Tested for five years of daily use.", de: "Für fünf Jahre täglichen Gebrauch geprüft." },
  { en: "Quick to set up, with no tools needed.", de: "Schnell aufgebaut, ganz ohne Werkzeug." },
  { en: "A quiet classic that fits anywhere.", de: "Ein stiller Klassiker, der überall passt." },
  { en: "Comes with a three-year guarantee.", de: "Mit drei Jahren Garantie." },
  { en: "Easy to clean with a damp cloth.", de: "Mit einem feuchten Tuch leicht zu reinigen." },
  { en: "A favourite of our customers since last autumn.", de: "Seit letztem Herbst ein Liebling unserer Kundschaft." },
];
