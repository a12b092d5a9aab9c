import { words, type Category } from "../category";
import { MATERIALS, SHOE_SIZE, SIZE } from "../words";

const clothing = words("Clothing", "Kleidung");

export const CLOTHING: readonly Category[] = [
  {
    path: [clothing, words("Jackets", "Jacken")],
    motif: "jacket",
    things: [
      words("rain jacket", "Regenjacke"),
      words("fleece jacket", "Fleecejacke"),
      words("winter parka", "Winterparka"),
      words("softshell jacket", "Softshelljacke"),
    ],
    brands: ["Wetterhorn & Co", "Skarv", "Lindal"],
    priceMinor: [4_990, 29_900],
    materials: MATERIALS.cloth,
    numbers: { weight_grams: [250, 1_400, 50], water_column_mm: [2_000, 20_000, 1_000] },
    flags: ["hood", "windproof"],
    praise: [
      words("Taped seams keep the rain out.", "Verklebte Nähte halten den Regen draußen."),
      words("Packs into its own pocket.", "Passt in die eigene Tasche."),
      words("Cut so that a pullover fits below.", "So geschnitten, dass ein Pullover darunter passt."),
    ],
    choice: SIZE,
  },
  {
    path: [clothing, words("Shoes", "Schuhe")],
    motif: "shoe",
    things: [
      words("running shoes", "Laufschuhe"),
      words("hiking boots", "Wanderstiefel"),
      words("canvas sneakers", "Stoffschuhe"),
      words("house shoes", "Hausschuhe"),
    ],
    brands: ["Pfadfuss", "Skarv", "Tempora"],
    priceMinor: [3_990, 21_900],
    materials: MATERIALS.cloth,
    numbers: { weight_grams: [180, 700, 10], heel_drop_mm: [0, 12, 1] },
    flags: ["waterproof", "vegan"],
    praise: [
      words("Roomy around the toes.", "Viel Platz für die Zehen."),
      words("The sole can be renewed.", "Die Sohle kann erneuert werden."),
      words("Good grip on wet stone.", "Guter Halt auf nassem Stein."),
    ],
    choice: SHOE_SIZE,
  },
];
