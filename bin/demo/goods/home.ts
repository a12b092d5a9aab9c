import { words, type Category } from "../category";
import { COLOUR, MATERIALS, SIZE_OF_LINEN } from "../words";

const home = words("Home", "Wohnen");

export const HOME: readonly Category[] = [
  {
    path: [home, words("Lighting", "Leuchten")],
    motif: "lamp",
    things: [
      words("desk lamp", "Schreibtischlampe"),
      words("floor lamp", "Stehlampe"),
      words("pendant lamp", "Pendelleuchte"),
      words("reading lamp", "Leselampe"),
      words("bedside lamp", "Nachttischlampe"),
    ],
    brands: ["Lumora", "Helvik", "Glimrand", "Nachtfalter"],
    priceMinor: [2_490, 18_990],
    materials: MATERIALS.metal,
    numbers: { power_watts: [4, 40, 2], colour_temperature_kelvin: [2_700, 5_000, 100], height_cm: [25, 160, 5] },
    flags: ["dimmable", "motion_sensor"],
    praise: [
      words("Its warm light does not tire the eyes.", "Ihr warmes Licht ermüdet die Augen nicht."),
      words("The head turns and stays where you leave it.", "Der Kopf ist schwenkbar und bleibt, wo er soll."),
      words("Takes common bulbs, so it lasts longer than they do.", "Nimmt gängige Leuchtmittel und überdauert sie."),
    ],
    choice: COLOUR,
  },
  {
    path: [home, words("Furniture", "Möbel")],
    motif: "chair",
    things: [
      words("side table", "Beistelltisch"),
      words("bookshelf", "Bücherregal"),
      words("dining chair", "Esszimmerstuhl"),
      words("bench", "Sitzbank"),
      words("writing desk", "Sekretär"),
    ],
    brands: ["Holmgard", "Tischlerei Varn", "Plankwerk", "Astloch"],
    priceMinor: [4_990, 49_900],
    materials: MATERIALS.wood,
    numbers: { width_cm: [30, 160, 5], height_cm: [40, 200, 5], load_kg: [20, 120, 10] },
    flags: ["self_assembly", "oiled"],
    praise: [
      words("Solid wood, oiled by hand.", "Massivholz, von Hand geölt."),
      words("Stands firm on uneven floors.", "Steht auch auf unebenen Böden fest."),
      words("Each piece has a grain of its own.", "Jedes Stück hat seine eigene Maserung."),
    ],
    choice: null,
  },
  {
    path: [home, words("Textiles", "Heimtextilien")],
    motif: "cushion",
    things: [
      words("bed linen", "Bettwäsche"),
      words("throw", "Wohndecke"),
      words("bath towel", "Badetuch"),
      words("curtain", "Vorhang"),
    ],
    brands: ["Leinenhaus Ott", "Skarv", "Daunenfee"],
    priceMinor: [1_990, 14_900],
    materials: MATERIALS.cloth,
    numbers: { weight_gsm: [90, 600, 10], thread_count: [120, 400, 20] },
    flags: ["organic", "pre_washed"],
    praise: [
      words("Gets softer with every wash.", "Wird mit jeder Wäsche weicher."),
      words("Keeps its colour at 60 degrees.", "Farbecht bis 60 Grad."),
      words("Woven by a family mill.", "Gewebt in einer Familienweberei."),
    ],
    choice: SIZE_OF_LINEN,
  },
  {
    path: [words("Garden", "Garten"), words("Tools", "Werkzeug")],
    motif: "trowel",
    things: [
      words("pruning shears", "Gartenschere"),
      words("watering can", "Gießkanne"),
      words("hand trowel", "Handschaufel"),
      words("garden fork", "Grabegabel"),
    ],
    brands: ["Grünhand", "Beetwerk", "Moosgrund"],
    priceMinor: [990, 7_990],
    materials: MATERIALS.metal,
    numbers: { length_cm: [15, 60, 1], weight_grams: [120, 1_500, 20] },
    flags: ["left_handed", "rustproof"],
    praise: [
      words("Lies well in small and in large hands.", "Liegt in kleinen wie in großen Händen gut."),
      words("The handle is ash and can be replaced.", "Der Griff ist aus Esche und lässt sich ersetzen."),
      words("Forged in one piece.", "Aus einem Stück geschmiedet."),
    ],
    choice: null,
  },
];
