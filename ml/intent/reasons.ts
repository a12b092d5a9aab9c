/** Why a visit is thought to end in a purchase, or not, in words. */
import type { DecisionReason } from "../../models/decision/decision.data.contract";
import type { VisitFeature } from "../../models/intent/intent.visit.contract";
import type { OwnText } from "../../models/kernel/text";

type Say = (x: string) => OwnText;

const WORDS: Readonly<Record<VisitFeature, Say>> = {
  product_pages: (x) => ({
    en: `Product pages looked at: ${x}.`,
    de: `Angesehene Produktseiten: ${x}.`,
    ko: `본 상품 페이지: ${x}.`,
    ar: `صفحات المنتجات التي شوهدت: ${x}.`,
  }),
  products: (x) => ({
    en: `Different products looked at: ${x}.`,
    de: `Verschiedene angesehene Produkte: ${x}.`,
    ko: `본 상품 종류: ${x}.`,
    ar: `المنتجات المختلفة التي شوهدت: ${x}.`,
  }),
  looked_again: (x) => ({
    en: `One product was looked at so often: ${x}.`,
    de: `So oft wurde ein Produkt angesehen: ${x}.`,
    ko: `한 상품을 본 횟수: ${x}.`,
    ar: `عدد مرات مشاهدة منتج واحد: ${x}.`,
  }),
  searches: (x) => ({ en: `Searches: ${x}.`, de: `Suchen: ${x}.`, ko: `검색: ${x}.`, ar: `عمليات البحث: ${x}.` }),
  put_in_cart: (x) => ({
    en: `Put into the cart: ${x} times.`,
    de: `In den Warenkorb gelegt: ${x}-mal.`,
    ko: `장바구니에 담은 횟수: ${x}.`,
    ar: `مرات الإضافة إلى السلة: ${x}.`,
  }),
  at_checkout: (x) => ({
    en: `Went to the checkout: ${x} times.`,
    de: `Zur Kasse gegangen: ${x}-mal.`,
    ko: `결제로 간 횟수: ${x}.`,
    ar: `مرات الذهاب إلى الدفع: ${x}.`,
  }),
  minutes: (x) => ({
    en: `Minutes since the visit began: ${x}.`,
    de: `Minuten seit Beginn des Besuchs: ${x}.`,
    ko: `방문 시작 후 지난 분: ${x}.`,
    ar: `دقائق منذ بدء الزيارة: ${x}.`,
  }),
  idle_minutes: (x) => ({
    en: `Minutes since anything was done: ${x}.`,
    de: `Minuten, seit etwas getan wurde: ${x}.`,
    ko: `마지막 행동 후 지난 분: ${x}.`,
    ar: `دقائق منذ آخر فعل: ${x}.`,
  }),
  seconds_per_page: (x) => ({
    en: `Seconds for each page: ${x}.`,
    de: `Sekunden je Seite: ${x}.`,
    ko: `페이지당 초: ${x}.`,
    ar: `ثوانٍ لكل صفحة: ${x}.`,
  }),
  returning: () => ({
    en: "They have been here before.",
    de: "Sie waren schon einmal hier.",
    ko: "이전에 방문한 적이 있습니다.",
    ar: "سبق أن زاروا هذا المكان.",
  }),
  bought_before: (x) => ({
    en: `Purchases before: ${x}.`,
    de: `Frühere Käufe: ${x}.`,
    ko: `이전 구매: ${x}.`,
    ar: `مشتريات سابقة: ${x}.`,
  }),
  hour_of_day: (x) => ({
    en: `Hour of the day: ${x} (UTC).`,
    de: `Stunde des Tages: ${x} (UTC).`,
    ko: `시각: ${x}시 (UTC).`,
    ar: `ساعة اليوم: ${x} (بالتوقيت العالمي).`,
  }),
  weekend: (x) => ({
    en: x === "0" ? "It is a weekday." : "It is a weekend.",
    de: x === "0" ? "Es ist ein Werktag." : "Es ist Wochenende.",
    ko: x === "0" ? "평일입니다." : "주말입니다.",
    ar: x === "0" ? "إنه يوم عمل." : "إنها عطلة نهاية الأسبوع.",
  }),
};

const round = (x: number): string => String(Math.round(x * 10) / 10);

export function intentReason(feature: string, value: number): DecisionReason {
  const say = WORDS[feature as VisitFeature] as Say | undefined;
  const named = { en: `${feature}: ${round(value)}.` };
  return { code: feature.toUpperCase(), text: say?.(round(value)) ?? named };
}
