/**
 * German writes as one word what others write as several: who asks for a lamp means the "Stehlampe" as well. Long words
 * are taken apart from behind, for the last part says what kind of thing it is, by nouns of households and shops, as
 * general knowledge of the language; what is not among them is found as a whole word only. Pure.
 */
const NOUNS = new Set(
  `
  ablage abdeckung adapter anhänger anlage anzug armband auto bad ball band bank batterie baum becher behälter
  beleuchtung besteck bett bettwäsche bezug bild bildschirm blatt blume boden bohrer bohrmaschine box brett
  brille brot buch bügel bürste büro computer creme dach decke dose draht drucker dusche düse eimer eisen fach
  fahrrad farbe feder fenster fernseher feuer filter flasche folie form föhn fußball garderobe garten gerät
  geschirr gewürz gitarre glas griff gürtel haar haken halter halterung hammer handschuh handtuch handy hase
  haube haus hemd herd hocker holz hose hund hülle hut hörer jacke kabel kaffee kalender kamera kanne kasten
  katze kerze kessel kette kinder kissen klammer kleid kleidung klinge koffer kommode kopf kopfhörer korb kostüm
  küche kühlschrank lack laden lampe laptop laser laterne lautsprecher leder leiste leiter leuchte licht liege
  linse löffel luft mantel maschine maske maß matratze matte maus messer metall mikrofon milch mixer motor möbel
  mühle mütze nadel nagel netz netzteil notebook ofen öl papier patrone pfanne pflanze pflege pinsel platte
  pumpe puppe puzzle pullover rad radio rahmen rasen rasierer raum regal regen reifen reiniger ring rock roller
  rolle rucksack sack säge salz sandale sauger schal schalter schaum schere schirm schlafsack schlauch schlitten
  schloss schlüssel schmuck schneider schrank schraube schreibtisch schuh schutz schürze seife seil sessel shirt
  sieb sitz socke sofa speicher spiegel spiel spielzeug spüle stab staubsauger stein stift stiefel stoff strumpf
  stuhl system tablet tafel tapete tasche tasse tastatur taste teig telefon teller teppich thermometer tisch
  toaster topf trockner tuch tür turm uhr unterlage vase vorhang waage wagen wand wanne waschmaschine wasser
  wecker werkzeug wolle wäsche würfel zange zahnbürste zaun zelt zimmer zubehör
`
    .trim()
    .split(/\s+/),
);

/** Languages that are taken apart. */
export const COMPOUNDING: readonly string[] = ["de"];

/** Of plurals, and what joins two parts. */
const ENDINGS = ["", "n", "en", "e", "er", "s", "es"];
const REST_MIN = 3;
const PARTS_MAX = 4;
const WORD_MAX = 40;
const TEXT_MAX = 100;

/** The noun that a word is a form of: `lampen` of `lampe`; umlauts of the plural are taken back. */
function nounIn(word: string): string | null {
  for (const ending of ENDINGS) {
    if (!word.endsWith(ending)) continue;
    const stem = word.slice(0, word.length - ending.length);
    const plain = stem.replace(/äu/, "au").replace(/ä/, "a").replace(/ö/, "o").replace(/ü/, "u");
    if (NOUNS.has(stem)) return stem;
    if (ending !== "" && NOUNS.has(plain)) return plain;
  }
  return null;
}

/** The longest noun at the end, with enough before it to be a word. */
function lastOf(word: string): { readonly noun: string; readonly rest: string } | null {
  for (let at = REST_MIN; at < word.length - 2; at++) {
    const noun = nounIn(word.slice(at));
    if (noun !== null) return { noun, rest: word.slice(0, at) };
  }
  return null;
}

/** `schreibtischlampe` → lampe, schreibtisch, tisch; of a word that is none of several, nothing. */
export function partsOfWord(word: string): string[] {
  const parts: string[] = [];
  let found = lastOf(word);
  while (found !== null && parts.length < PARTS_MAX) {
    parts.push(found.noun);
    const before = nounIn(found.rest);
    if (before !== null) parts.push(before);
    found = lastOf(before ?? found.rest);
  }
  return [...new Set(parts)].slice(0, PARTS_MAX);
}

/** The parts of a text's long words, of a language that joins words; empty where there are none. */
export function partsIn(text: string, language: string): string {
  if (!COMPOUNDING.includes(language.split("-")[0] ?? "")) return "";
  const words = (
    text
      .normalize("NFC")
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  ).slice(0, TEXT_MAX);
  return [...new Set(words.filter(({ length }) => length <= WORD_MAX).flatMap(partsOfWord))].join(" ");
}
