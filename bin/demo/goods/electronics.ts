import { words, type Category } from "../category";
import { COLOUR, MATERIALS, STORAGE } from "../words";

const electronics = words("Electronics", "Elektronik");

export const ELECTRONICS: readonly Category[] = [
  {
    path: [electronics, words("Headphones", "Kopfhörer")],
    motif: "headphones",
    things: [
      words("over-ear headphones", "Over-Ear-Kopfhörer"),
      words("earbuds", "Ohrhörer"),
      words("studio headphones", "Studiokopfhörer"),
      words("children's headphones", "Kinderkopfhörer"),
    ],
    brands: ["Audivon", "Klangreich", "Tonic Nine"],
    priceMinor: [2_990, 34_900],
    materials: MATERIALS.plastic,
    numbers: { battery_hours: [6, 60, 2], weight_grams: [40, 320, 10], impedance_ohm: [16, 80, 8] },
    flags: ["noise_cancelling", "bluetooth"],
    praise: [
      words("Voices stay clear in the train.", "Stimmen bleiben auch im Zug klar."),
      words("Cushions and battery can be exchanged.", "Polster und Akku sind austauschbar."),
      words("Folds flat into its bag.", "Lässt sich flach in die Tasche falten."),
    ],
    choice: COLOUR,
  },
  {
    path: [electronics, words("Phones", "Telefone")],
    motif: "phone",
    things: [
      words("smartphone", "Smartphone"),
      words("rugged phone", "Outdoor-Handy"),
      words("compact phone", "Kompakthandy"),
    ],
    brands: ["Fernruf", "Ostara Mobile", "Pixelfink"],
    priceMinor: [14_900, 89_900],
    materials: MATERIALS.metal,
    numbers: { display_inches: [5, 7, 0.1], battery_mah: [3_000, 6_000, 100], camera_megapixels: [12, 108, 4] },
    flags: ["dual_sim", "wireless_charging"],
    praise: [
      words("Seven years of updates.", "Sieben Jahre Aktualisierungen."),
      words("The display can be read in the sun.", "Die Anzeige ist auch in der Sonne lesbar."),
      words("Survives a fall into the puddle.", "Übersteht den Sturz in die Pfütze."),
    ],
    choice: STORAGE,
  },
];
