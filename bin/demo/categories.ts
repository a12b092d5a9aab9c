/** What the demo market sells: per category its things, brands, prices, attributes and what there is to choose. */
import { COLOURS, MATERIALS, SHOE_SIZES, SIZES, STORAGE, type Value, type Words } from "./words";

export interface Choice {
  /** Name of the option. */
  readonly name: string;
  readonly values: readonly Value[];
}

export interface Category {
  readonly path: readonly string[];
  readonly things: readonly Words[];
  readonly brands: readonly string[];
  /** Cheapest and dearest, in cents. */
  readonly priceMinor: readonly [number, number];
  readonly materials: readonly Value[];
  /** Numbers from the first to the second value, in steps of the third. */
  readonly numbers: Readonly<Record<string, readonly [number, number, number]>>;
  /** True for about half of the products. */
  readonly flags: readonly string[];
  readonly choice: Choice | null;
}

const thing = (en: string, de: string): Words => ({ en, de });
const colour: Choice = { name: "colour", values: COLOURS };

export const CATEGORIES: readonly Category[] = [
  {
    path: ["Home", "Lighting"],
    things: [
      thing("desk lamp", "Schreibtischlampe"),
      thing("floor lamp", "Stehlampe"),
      thing("pendant lamp", "Pendelleuchte"),
    ],
    brands: ["Lumora", "Helvik", "Glimrand"],
    priceMinor: [2_490, 18_990],
    materials: MATERIALS.metal,
    numbers: { power_watts: [4, 40, 2], colour_temperature_kelvin: [2_700, 5_000, 100] },
    flags: ["dimmable", "motion_sensor"],
    choice: colour,
  },
  {
    path: ["Home", "Furniture"],
    things: [
      thing("side table", "Beistelltisch"),
      thing("bookshelf", "Bücherregal"),
      thing("dining chair", "Esszimmerstuhl"),
    ],
    brands: ["Holmgard", "Tischlerei Varn", "Plankwerk"],
    priceMinor: [4_990, 49_900],
    materials: MATERIALS.wood,
    numbers: { width_cm: [30, 160, 5], height_cm: [40, 200, 5], load_kg: [20, 120, 10] },
    flags: ["self_assembly"],
    choice: null,
  },
  {
    path: ["Kitchen", "Cookware"],
    things: [thing("frying pan", "Bratpfanne"), thing("casserole", "Schmortopf"), thing("baking dish", "Auflaufform")],
    brands: ["Feuerkorn", "Potterie Lys", "Kelda"],
    priceMinor: [1_990, 15_900],
    materials: MATERIALS.kitchen,
    numbers: { diameter_cm: [18, 32, 2], volume_litres: [1, 7, 0.5] },
    flags: ["induction", "dishwasher_safe"],
    choice: null,
  },
  {
    path: ["Kitchen", "Appliances"],
    things: [
      thing("coffee grinder", "Kaffeemühle"),
      thing("electric kettle", "Wasserkocher"),
      thing("toaster", "Toaster"),
    ],
    brands: ["Brewster & Vale", "Kelda", "Morgen"],
    priceMinor: [2_990, 24_900],
    materials: MATERIALS.metal,
    numbers: { power_watts: [150, 2_200, 50], noise_db: [45, 80, 1] },
    flags: ["auto_off"],
    choice: colour,
  },
  {
    path: ["Electronics", "Headphones"],
    things: [
      thing("over-ear headphones", "Over-Ear-Kopfhörer"),
      thing("earbuds", "Ohrhörer"),
      thing("studio headphones", "Studiokopfhörer"),
    ],
    brands: ["Audivon", "Klangreich", "Tonic Nine"],
    priceMinor: [2_990, 34_900],
    materials: MATERIALS.plastic,
    numbers: { battery_hours: [6, 60, 2], weight_grams: [40, 320, 10], impedance_ohm: [16, 80, 8] },
    flags: ["noise_cancelling", "bluetooth"],
    choice: colour,
  },
  {
    path: ["Electronics", "Phones"],
    things: [thing("smartphone", "Smartphone"), thing("rugged phone", "Outdoor-Handy")],
    brands: ["Fernruf", "Ostara Mobile", "Pixelfink"],
    priceMinor: [14_900, 89_900],
    materials: MATERIALS.metal,
    numbers: { display_inches: [5, 7, 0.1], battery_mah: [3_000, 6_000, 100], camera_megapixels: [12, 108, 4] },
    flags: ["dual_sim", "wireless_charging"],
    choice: { name: "storage", values: STORAGE },
  },
  {
    path: ["Clothing", "Jackets"],
    things: [
      thing("rain jacket", "Regenjacke"),
      thing("fleece jacket", "Fleecejacke"),
      thing("winter parka", "Winterparka"),
    ],
    brands: ["Wetterhorn & Co", "Skarv", "Lindal"],
    priceMinor: [4_990, 29_900],
    materials: MATERIALS.cloth,
    numbers: { weight_grams: [250, 1_400, 50], water_column_mm: [2_000, 20_000, 1_000] },
    flags: ["hood", "windproof"],
    choice: { name: "size", values: SIZES },
  },
  {
    path: ["Clothing", "Shoes"],
    things: [
      thing("running shoes", "Laufschuhe"),
      thing("hiking boots", "Wanderstiefel"),
      thing("canvas sneakers", "Stoffschuhe"),
    ],
    brands: ["Pfadfuss", "Skarv", "Tempora"],
    priceMinor: [3_990, 21_900],
    materials: MATERIALS.cloth,
    numbers: { weight_grams: [180, 700, 10], heel_drop_mm: [0, 12, 1] },
    flags: ["waterproof", "vegan"],
    choice: { name: "size", values: SHOE_SIZES },
  },
  {
    path: ["Sports", "Cycling"],
    things: [
      thing("bike helmet", "Fahrradhelm"),
      thing("pannier bag", "Gepäckträgertasche"),
      thing("bike light set", "Fahrradlicht-Set"),
    ],
    brands: ["Radkranz", "Velofant", "Speichenhof"],
    priceMinor: [1_990, 15_900],
    materials: MATERIALS.plastic,
    numbers: { weight_grams: [80, 1_200, 20], volume_litres: [5, 30, 1] },
    flags: ["reflective", "waterproof"],
    choice: colour,
  },
  {
    path: ["Garden", "Tools"],
    things: [
      thing("pruning shears", "Gartenschere"),
      thing("watering can", "Gießkanne"),
      thing("hand trowel", "Handschaufel"),
    ],
    brands: ["Grünhand", "Beetwerk", "Moosgrund"],
    priceMinor: [990, 7_990],
    materials: MATERIALS.metal,
    numbers: { length_cm: [15, 60, 1], weight_grams: [120, 1_500, 20] },
    flags: ["left_handed", "rustproof"],
    choice: null,
  },
];
