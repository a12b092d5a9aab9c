import { words, type Category } from "../category";
import { COLOUR, MATERIALS } from "../words";

export const LEISURE: readonly Category[] = [
  {
    path: [words("Sports", "Sport"), words("Bike Bags", "Fahrradtaschen")],
    motif: "bag",
    things: [
      words("pannier bag", "Gepäckträgertasche"),
      words("handlebar bag", "Lenkertasche"),
      words("bicycle basket", "Fahrradkorb"),
      words("saddle bag", "Satteltasche"),
    ],
    brands: ["Radkranz", "Velofant", "Speichenhof"],
    priceMinor: [1_990, 15_900],
    materials: MATERIALS.plastic,
    numbers: { weight_grams: [80, 1_200, 20], volume_litres: [5, 30, 1] },
    flags: ["reflective", "waterproof"],
    praise: [
      words("The straps can be renewed.", "Die Riemen lassen sich erneuern."),
      words("Keeps its shape when it is half empty.", "Behält auch halb leer ihre Form."),
      words("Clicks on with one hand.", "Mit einer Hand einzurasten."),
    ],
    choice: COLOUR,
  },
  {
    path: [words("Toys", "Spielzeug"), words("Wooden Toys", "Holzspielzeug")],
    motif: "blocks",
    things: [
      words("building blocks", "Bauklötze"),
      words("pull-along duck", "Nachziehente"),
      words("marble run", "Kugelbahn"),
      words("stacking tower", "Stapelturm"),
    ],
    brands: ["Purzelbaum", "Astloch", "Klapperstorch & Söhne"],
    priceMinor: [1_290, 8_990],
    materials: MATERIALS.wood,
    numbers: { weight_grams: [150, 2_500, 50], age_from_years: [1, 6, 1] },
    flags: ["painted", "made_to_order"],
    praise: [
      words("Nothing on it can come off.", "Nichts daran kann sich lösen."),
      words("Coloured with food dyes only.", "Nur mit Lebensmittelfarben gefärbt."),
      words("Handed down to brothers and sisters.", "Wird an Geschwister weitergegeben."),
    ],
    choice: null,
  },
];
