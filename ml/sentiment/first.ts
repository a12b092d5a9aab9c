/**
 * What reads reviews in a mall that has learnt nothing yet, and the baseline of whatever is learnt: words of praise and
 * of complaint that were weighed by hand, turned round by "not", and the sides that things usually have.
 */
import { artefactHash, artefactOf } from "../kernel/card";
import { weighedByHand } from "../kernel/text/telling";
import type { ReviewModel } from "./model";

const PRAISE = [
  ...["good", "great", "excellent", "perfect", "love", "loved", "beautiful", "nice", "amazing", "awesome", "best"],
  ...["happy", "comfortable", "sturdy", "solid", "fast", "quick", "easy", "reliable", "recommend", "recommended"],
  ...["fantastic", "wonderful", "pretty", "bright", "quiet", "cheap", "worth", "satisfied", "pleased", "sharp", "fine"],
  ...["gut", "super", "toll", "schön", "perfekt", "hervorragend", "ausgezeichnet", "empfehlenswert", "zufrieden"],
  ...["schnell", "leise", "hell", "stabil", "bequem", "günstig", "klasse", "prima", "empfehle"],
  ...["좋아요", "좋습니다", "최고", "만족", "예뻐요", "추천", "완벽", "ممتاز", "جميل", "رائع", "جيد", "سريع", "أنصح"],
];
const COMPLAINT = [
  ...["bad", "poor", "terrible", "awful", "horrible", "worst", "broken", "broke", "breaks", "useless", "disappointed"],
  ...[
    "disappointing",
    "cheaply made",
    "flimsy",
    "slow",
    "late",
    "loud",
    "noisy",
    "expensive",
    "overpriced",
    "defective",
  ],
  ...[
    "damaged",
    "waste",
    "ugly",
    "dim",
    "return",
    "returned",
    "refund",
    "fails",
    "failed",
    "stopped working",
    "scratched",
  ],
  ...["schlecht", "furchtbar", "kaputt", "defekt", "enttäuscht", "enttäuschend", "langsam", "laut", "teuer", "billig"],
  ...["mangelhaft", "zerkratzt", "unbrauchbar", "hässlich", "wackelig", "zurückgeschickt", "beschädigt"],
  ...["별로", "나빠요", "실망", "고장", "느려요", "비싸요", "최악", "سيء", "رديء", "مكسور", "بطيء", "غالي", "مخيب"],
];
const NOT = ["not", "never", "no", "isn't", "wasn't", "don't", "nicht", "kein", "keine", "nie"];

const turned = (words: readonly string[], weight: number): [string, number][] =>
  words.flatMap((word) => NOT.map((no): [string, number] => [`${no} ${word}`, weight]));

/** What is turned round outweighs the word itself. */
const WEIGHTS = new Map([
  ...PRAISE.map((word): [string, number] => [word, 1]),
  ...COMPLAINT.map((word): [string, number] => [word, -1]),
  ...turned(PRAISE, -2.5),
  ...turned(COMPLAINT, 2),
]);

const ASPECTS = [
  ...["quality", "price", "value", "size", "weight", "colour", "color", "design", "material", "finish", "look"],
  ...["battery", "battery life", "screen", "display", "sound", "sound quality", "picture", "picture quality", "camera"],
  ...["light", "brightness", "switch", "cable", "plug", "bulb", "shade", "stand", "handle", "lid", "seat", "fit"],
  ...["delivery", "shipping", "packaging", "manual", "instructions", "assembly", "setup", "software", "support"],
  ...["service", "seller", "smell", "taste", "noise", "speed", "performance", "comfort", "fabric", "zip", "lens"],
  ...["qualität", "preis", "größe", "farbe", "gewicht", "akku", "bildschirm", "klang", "bild", "licht", "kabel"],
  ...["lieferung", "versand", "verpackung", "anleitung", "aufbau", "verarbeitung", "geruch", "passform", "service"],
  ...["배송", "가격", "품질", "디자인", "색상", "크기", "포장", "التوصيل", "السعر", "الجودة", "الحجم", "اللون"],
];

const { vocabulary, linear } = weighedByHand(WEIGHTS, 0, 2);

export const FIRST_SENTIMENT: ReviewModel = {
  sentiment: { vocabulary, leanings: vocabulary.terms.map(() => 1), linear },
  aspects: [...new Set(ASPECTS)],
};

export const FIRST_HASH = artefactHash(artefactOf(FIRST_SENTIMENT));
