/** How the categories of the demo market define what their products say of themselves. Pure. */
import type { AttributeDefinition } from "../../models/category/category.attributes.contract";
import type { Category } from "./category";

/** Names end with what they are measured in. */
const UNITS: Readonly<Record<string, string>> = {
  watts: "W", kelvin: "K", cm: "cm", mm: "mm", kg: "kg", grams: "g", gsm: "g/m²", litres: "l", db: "dB", hours: "h",
  ohm: "Ω", inches: "in", mah: "mAh", megapixels: "MP", years: "years",
}; // prettier-ignore

const GERMAN: Readonly<Record<string, string>> = {
  material: "Material", power: "Leistung", colour_temperature: "Farbtemperatur", height: "Höhe", width: "Breite",
  load: "Tragkraft", weight: "Gewicht", thread_count: "Fadenzahl", length: "Länge", diameter: "Durchmesser",
  volume: "Volumen", noise: "Lautstärke", cable: "Kabellänge", battery: "Akku", impedance: "Impedanz",
  display: "Anzeige", camera: "Kamera", water_column: "Wassersäule", heel_drop: "Sprengung", age_from: "Alter ab",
  dimmable: "dimmbar", motion_sensor: "Bewegungsmelder", self_assembly: "zum Selbstaufbau", oiled: "geölt",
  organic: "aus Bioanbau", pre_washed: "vorgewaschen", left_handed: "für Linkshänder", rustproof: "rostfrei",
  induction: "für Induktion", dishwasher_safe: "spülmaschinenfest", oven_safe: "ofenfest",
  auto_off: "Abschaltautomatik",
  child_lock: "Kindersicherung",
  noise_cancelling: "Geräuschunterdrückung", bluetooth: "Bluetooth",
  dual_sim: "zwei SIM-Karten", wireless_charging: "kabelloses Laden", hood: "Kapuze", windproof: "winddicht",
  waterproof: "wasserdicht", vegan: "vegan", reflective: "reflektierend", painted: "bemalt",
  made_to_order: "auf Bestellung gefertigt",
}; // prettier-ignore

/** `power_watts` is power in W. */
function measured(name: string): { readonly what: string; readonly unit: string | null } {
  const [, what = name, last = ""] = /^(.+)_([a-z]+)$/.exec(name) ?? [];
  const unit = UNITS[last];
  return unit === undefined ? { what: name, unit: null } : { what, unit };
}

const labelOf = (what: string): { en: string; de: string } => {
  const en = what.replaceAll("_", " ");
  return { en, de: GERMAN[what] ?? en };
};

const facet = { facet: true };

/** What the products of a category give: its material always, the rest where it is known. */
export function definitionsOf({ materials, numbers, flags }: Category): AttributeDefinition[] {
  const ofNumbers = Object.keys(numbers).map((name) => {
    const { what, unit } = measured(name);
    return { name, label: labelOf(what), type: "number" as const, ...(unit === null ? {} : { unit }), ...facet };
  });
  const ofFlags = flags.map((name) => ({ name, label: labelOf(name), type: "boolean" as const, ...facet }));
  const values = materials.map(({ id }) => id);
  const material = { name: "material", label: labelOf("material"), type: "choice" as const, values, required: true };
  return [{ ...material, ...facet }, ...ofNumbers, ...ofFlags];
}
