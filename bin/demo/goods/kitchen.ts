import { words, type Category } from "../category";
import { COLOUR, MATERIALS } from "../words";

const kitchen = words("Kitchen", "Küche");

export const KITCHEN: readonly Category[] = [
  {
    path: [kitchen, words("Cookware", "Kochgeschirr")],
    motif: "pan",
    things: [
      words("frying pan", "Bratpfanne"),
      words("casserole", "Schmortopf"),
      words("baking dish", "Auflaufform"),
      words("saucepan", "Stielkasserolle"),
    ],
    brands: ["Feuerkorn", "Potterie Lys", "Kelda"],
    priceMinor: [1_990, 15_900],
    materials: MATERIALS.kitchen,
    numbers: { diameter_cm: [18, 32, 2], volume_litres: [1, 7, 0.5] },
    flags: ["induction", "dishwasher_safe", "oven_safe"],
    praise: [
      words("Heats evenly up to the rim.", "Wird bis zum Rand gleichmäßig heiß."),
      words("Goes from the stove to the table.", "Darf vom Herd direkt auf den Tisch."),
      words("The lid closes tightly and drips nowhere.", "Der Deckel schließt dicht und tropft nicht."),
    ],
    choice: null,
  },
  {
    path: [kitchen, words("Appliances", "Küchengeräte")],
    motif: "kettle",
    things: [
      words("coffee grinder", "Kaffeemühle"),
      words("electric kettle", "Wasserkocher"),
      words("toaster", "Toaster"),
      words("hand blender", "Stabmixer"),
    ],
    brands: ["Brewster & Vale", "Kelda", "Morgen"],
    priceMinor: [2_990, 24_900],
    materials: MATERIALS.metal,
    numbers: { power_watts: [150, 1_800, 50], noise_db: [45, 80, 1], cable_cm: [70, 150, 10] },
    flags: ["auto_off", "child_lock"],
    praise: [
      words("Quiet enough for early mornings.", "Leise genug für den frühen Morgen."),
      words("Comes apart for cleaning without tools.", "Zum Reinigen ohne Werkzeug zerlegbar."),
      words("Spare parts for ten years.", "Ersatzteile zehn Jahre lang."),
    ],
    choice: COLOUR,
  },
];
