/** The words of the demo market. Brands and series are invented. */
import type { Choice } from "./category";

export interface Words {
  readonly en: string;
  readonly de: string;
}

export interface Value extends Words {
  /** As attributes and variants name it. */
  readonly id: string;
}

export const value = (id: string, de: string, en = id): Value => ({ id, en, de });

/** `Möbelscheune Treva` is `moebelscheune-treva`. */
export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => ({ ä: "ae", ö: "oe", ü: "ue", ß: "ss" })[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, "-");

export const COLOUR: Choice = {
  name: "colour",
  values: [
    value("black", "schwarz"),
    value("white", "weiß"),
    value("silver", "silber"),
    value("navy", "marineblau"),
    value("olive", "oliv"),
    value("terracotta", "terrakotta"),
    value("sand", "sandfarben"),
  ],
  dearerBy: 0,
};

export const SIZE: Choice = {
  name: "size",
  values: ["xs", "s", "m", "l", "xl"].map((id) => value(id, id.toUpperCase(), id.toUpperCase())),
  dearerBy: 0,
};

export const SHOE_SIZE: Choice = {
  name: "size",
  values: ["38", "39", "40", "41", "42", "43", "44"].map((id) => value(id, id)),
  dearerBy: 0,
};

export const SIZE_OF_LINEN: Choice = {
  name: "size",
  values: [value("single", "Einzelgröße"), value("double", "Doppelgröße"), value("king", "Übergröße")],
  dearerBy: 0.35,
};

export const STORAGE: Choice = {
  name: "storage",
  values: ["128-gb", "256-gb", "512-gb"].map((id) => {
    const text = id.replace("-gb", " GB");
    return value(id, text, text);
  }),
  dearerBy: 0.14,
};

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

/** Why it is good, as whole sentences; true of anything; each category has some of its own. */
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
