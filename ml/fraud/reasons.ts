/** Reasons in words, with a code for machines: what a person who reviews a payment, or disputes a refusal, is told. */
import type { OwnText } from "../../models/kernel/text";
import { ofTheDevice } from "./device-reasons";

export interface Reason {
  readonly code: string;
  readonly text: OwnText;
}

type Say = (value: number) => OwnText;

const one = (x: number): string => x.toFixed(1);
const whole = (x: number): string => String(Math.floor(x));
/** In English and German one is told otherwise than several. */
const times = (x: number): string => (x === 1 ? "once" : `${x} times`);
const oft = (x: number): string => (x === 1 ? "einmal" : `${x}-mal`);
const payments = (x: number): string => (x === 1 ? "1 payment" : `${x} payments`);
const zahlungen = (x: number): string => (x === 1 ? "1 Zahlung" : `${x} Zahlungen`);
const proved = (x: number): string => (x === 1 ? "stellte" : "stellten");
const percent = (x: number, digits: number): string => (100 * x).toFixed(digits);

const ofTheAmount: Readonly<Record<string, Say>> = {
  TX_AMOUNT: (x) => ({
    en: `The amount is ${x.toFixed(2)}.`,
    de: `Der Betrag ist ${x.toFixed(2)}.`,
    ko: `금액이 ${x.toFixed(2)}입니다.`,
    ar: `المبلغ ${x.toFixed(2)}.`,
  }),
  amount_to_usual: (x) => ({
    en: `The amount is ${one(x)} times what this customer usually spends.`,
    de: `Der Betrag ist das ${one(x)}-Fache dessen, was diese Person sonst ausgibt.`,
    ko: `금액이 이 고객의 평소 지출의 ${one(x)}배입니다.`,
    ar: `المبلغ ${one(x)} أضعاف ما ينفقه هذا العميل عادةً.`,
  }),
  amount_deviations: (x) => ({
    en: `The amount is ${one(x)} deviations from what this customer usually spends.`,
    de: `Der Betrag liegt ${one(x)} Abweichungen neben dem, was diese Person sonst ausgibt.`,
    ko: `금액이 이 고객의 평소 지출에서 표준편차 ${one(x)}만큼 벗어납니다.`,
    ar: `يبعد المبلغ ${one(x)} انحرافًا معياريًا عما ينفقه هذا العميل عادةً.`,
  }),
  odd_3_days: (x) => ({
    en: `This customer made ${x} other payments of unusual amounts in the last 3 days.`,
    de: `Diese Person hat in den letzten 3 Tagen ${x} weitere ungewöhnliche Beträge gezahlt.`,
    ko: `이 고객이 최근 3일간 평소와 다른 금액을 ${x}번 더 결제했습니다.`,
    ar: `أجرى هذا العميل ${x} من الدفعات الأخرى بمبالغ غير معتادة في آخر 3 أيام.`,
  }),
  odd_14_days: (x) => ({
    en: `This customer made ${x} other payments of unusual amounts in the last 14 days.`,
    de: `Diese Person hat in den letzten 14 Tagen ${x} weitere ungewöhnliche Beträge gezahlt.`,
    ko: `이 고객이 최근 14일간 평소와 다른 금액을 ${x}번 더 결제했습니다.`,
    ar: `أجرى هذا العميل ${x} من الدفعات الأخرى بمبالغ غير معتادة في آخر 14 يومًا.`,
  }),
  largest_ratio_14_days: (x) => ({
    en: `A payment of the last 14 days was ${one(x)} times the usual amount.`,
    de: `Eine Zahlung der letzten 14 Tage war das ${one(x)}-Fache des üblichen Betrags.`,
    ko: `최근 14일의 한 결제가 평소 금액의 ${one(x)}배였습니다.`,
    ar: `بلغت إحدى دفعات آخر 14 يومًا ${one(x)} أضعاف المبلغ المعتاد.`,
  }),
  ratio_mean_7_days: (x) => ({
    en: `Payments of the last 7 days were ${one(x)} times the usual amount on average.`,
    de: `Zahlungen der letzten 7 Tage waren im Mittel das ${one(x)}-Fache des üblichen Betrags.`,
    ko: `최근 7일의 결제가 평균적으로 평소 금액의 ${one(x)}배였습니다.`,
    ar: `بلغت دفعات آخر 7 أيام في المتوسط ${one(x)} أضعاف المبلغ المعتاد.`,
  }),
};

const ofThePlace: Readonly<Record<string, Say>> = {
  TERMINAL_ID_RISK_30DAY_WINDOW: (x) => ({
    en: `Of the known payments there of 30 days, ${percent(x, 0)} % were fraud.`,
    de: `Von den bekannten Zahlungen dort aus 30 Tagen waren ${percent(x, 0)} % Betrug.`,
    ko: `그곳에서 30일간 확인된 결제의 ${percent(x, 0)}%가 사기였습니다.`,
    ar: `كان ${percent(x, 0)}٪ من الدفعات المعروفة هناك خلال 30 يومًا احتيالًا.`,
  }),
  terminal_risk_shrunk: (x) => ({
    en: `The share of fraud at this place is taken to be ${percent(x, 1)} %.`,
    de: `Der Anteil von Betrug an diesem Ort wird mit ${percent(x, 1)} % angenommen.`,
    ko: `이곳의 사기 비율은 ${percent(x, 1)}%로 추정됩니다.`,
    ar: `تُقدَّر نسبة الاحتيال في هذا المكان بـ ${percent(x, 1)}٪.`,
  }),
  terminal_series_frauds: (x) => ({
    en: `The last ${x} known payments at this place were all fraud.`,
    de: `Die letzten ${x} bekannten Zahlungen an diesem Ort waren alle Betrug.`,
    ko: `이곳에서 확인된 최근 결제 ${x}건이 모두 사기였습니다.`,
    ar: `كانت آخر ${x} من الدفعات المعروفة في هذا المكان كلها احتيالًا.`,
  }),
  terminal_series_age: (x) => ({
    en: `A series of frauds at this place began ${whole(x)} days ago.`,
    de: `Eine Reihe von Betrugsfällen an diesem Ort begann vor ${whole(x)} Tagen.`,
    ko: `이곳의 연속된 사기가 ${whole(x)}일 전에 시작되었습니다.`,
    ar: `بدأت سلسلة احتيال في هذا المكان قبل ${whole(x)} من الأيام.`,
  }),
  terminal_series_age_max: (x) => ({
    en: `The last honest payment before a series of frauds there was ${whole(x)} days ago.`,
    de: `Die letzte ehrliche Zahlung vor einer Reihe von Betrugsfällen dort war vor ${whole(x)} Tagen.`,
    ko: `연속된 사기 전의 마지막 정상 결제가 ${whole(x)}일 전이었습니다.`,
    ar: `كانت آخر دفعة سليمة قبل سلسلة الاحتيال هناك قبل ${whole(x)} من الأيام.`,
  }),
  terminal_series_start_known: () => ({
    en: "When the series of frauds at this place began is known closely.",
    de: "Wann die Reihe von Betrugsfällen an diesem Ort begann, ist genau bekannt.",
    ko: "이곳의 연속된 사기가 언제 시작되었는지 정확히 알려져 있습니다.",
    ar: "وقت بدء سلسلة الاحتيال في هذا المكان معروف بدقة.",
  }),
  terminal_last_known_age: (x) => ({
    en: `Of the last ${whole(x)} days at this place nothing is known yet.`,
    de: `Von den letzten ${whole(x)} Tagen an diesem Ort ist noch nichts bekannt.`,
    ko: `이곳의 최근 ${whole(x)}일에 대해서는 아직 알려진 것이 없습니다.`,
    ar: `لا يُعرف شيء بعد عن آخر ${whole(x)} من الأيام في هذا المكان.`,
  }),
  terminal_honest_since: (x) => ({
    en: `At this place, ${x} payments since the last fraud were honest.`,
    de: `An diesem Ort waren ${x} Zahlungen seit dem letzten Betrug ehrlich.`,
    ko: `이곳에서 마지막 사기 이후 ${x}건이 정상 결제였습니다.`,
    ar: `في هذا المكان كانت ${x} من الدفعات منذ آخر احتيال سليمة.`,
  }),
};

const ofWhoPays: Readonly<Record<string, Say>> = {
  customer_attempts_1_hour: (x) => ({
    en: `This customer tried to pay ${times(x)} in the last hour.`,
    de: `Diese Person hat in der letzten Stunde ${oft(x)} zu zahlen versucht.`,
    ko: `이 고객이 지난 1시간 동안 ${x}번 결제를 시도했습니다.`,
    ar: `حاول هذا العميل الدفع ${x} من المرات في الساعة الأخيرة.`,
  }),
  customer_stopped_7_days: (x) => ({
    en: `${payments(x)} of this customer ${x === 1 ? "was" : "were"} stopped in the last 7 days.`,
    de: `${zahlungen(x)} dieser Person ${x === 1 ? "wurde" : "wurden"} in den letzten 7 Tagen angehalten.`,
    ko: `최근 7일간 이 고객의 결제 ${x}건이 중단되었습니다.`,
    ar: `أُوقفت ${x} من دفعات هذا العميل في آخر 7 أيام.`,
  }),
  customer_known_frauds: (x) => ({
    en: `${payments(x)} of this customer turned out to be fraud.`,
    de: `${zahlungen(x)} dieser Person ${proved(x)} sich als Betrug heraus.`,
    ko: `이 고객의 결제 ${x}건이 사기로 밝혀졌습니다.`,
    ar: `تبيّن أن ${x} من دفعات هذا العميل احتيال.`,
  }),
  card_attempts_1_day: (x) => ({
    en: `This card was used ${times(x)} in the last day.`,
    de: `Diese Karte wurde am letzten Tag ${oft(x)} benutzt.`,
    ko: `이 카드가 지난 하루 동안 ${x}번 사용되었습니다.`,
    ar: `استُخدمت هذه البطاقة ${x} من المرات في اليوم الأخير.`,
  }),
  card_known_frauds: (x) => ({
    en: `${payments(x)} with this card turned out to be fraud.`,
    de: `${zahlungen(x)} mit dieser Karte ${proved(x)} sich als Betrug heraus.`,
    ko: `이 카드로 한 결제 ${x}건이 사기로 밝혀졌습니다.`,
    ar: `تبيّن أن ${x} من الدفعات بهذه البطاقة احتيال.`,
  }),
  address_known_frauds: (x) => ({
    en: `${payments(x)} for this address turned out to be fraud.`,
    de: `${zahlungen(x)} für diese Adresse ${proved(x)} sich als Betrug heraus.`,
    ko: `이 주소로 한 결제 ${x}건이 사기로 밝혀졌습니다.`,
    ar: `تبيّن أن ${x} من الدفعات لهذا العنوان احتيال.`,
  }),
  address_customers_7_days: (x) => ({
    en: `${x} customers ordered to this address in the last 7 days.`,
    de: `${x} Personen haben in den letzten 7 Tagen an diese Adresse bestellt.`,
    ko: `최근 7일간 고객 ${x}명이 이 주소로 주문했습니다.`,
    ar: `طلب ${x} من العملاء إلى هذا العنوان في آخر 7 أيام.`,
  }),
  delivery_distance: (x) =>
    x >= 3
      ? {
          en: "The goods go to another country than ever before.",
          de: "Die Ware geht in ein anderes Land als je zuvor.",
          ko: "상품이 처음 가는 나라로 배송됩니다.",
          ar: "تُرسل البضاعة إلى بلد لم تُرسل إليه من قبل.",
        }
      : {
          en: "The goods go to a place where none went before.",
          de: "Die Ware geht an einen Ort, an den noch keine ging.",
          ko: "상품이 처음 가는 곳으로 배송됩니다.",
          ar: "تُرسل البضاعة إلى مكان لم تُرسل إليه من قبل.",
        },
};

const WORDS = { ...ofTheAmount, ...ofThePlace, ...ofWhoPays, ...ofTheDevice };

/** Of a feature without words, its name and value are all that can be said. */
const named = (feature: string, value: number): OwnText => ({
  en: `${feature} is ${value}.`,
  de: `${feature} ist ${value}.`,
  ko: `${feature}: ${value}`,
  ar: `${feature}: ${value}`,
});

export const reasonFor = (feature: string, value: number): Reason => ({
  code: feature.toUpperCase(),
  text: WORDS[feature]?.(value) ?? named(feature, value),
});
