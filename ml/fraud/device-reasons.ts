/** What is said of the browser that somebody pays with. */
import type { OwnText } from "../../models/kernel/text";

export const ofTheDevice: Readonly<Record<string, (value: number) => OwnText>> = {
  device_customers_7_days: (x) => ({
    en: `${x} customers paid from this device in the last 7 days.`,
    de: `Von diesem Gerät haben in den letzten 7 Tagen ${x} Personen gezahlt.`,
    ko: `최근 7일간 고객 ${x}명이 이 기기에서 결제했습니다.`,
    ar: `دفع ${x} من العملاء من هذا الجهاز في آخر 7 أيام.`,
  }),
  device_cards_7_days: (x) => ({
    en: `${x} cards were used on this device in the last 7 days.`,
    de: `Auf diesem Gerät wurden in den letzten 7 Tagen ${x} Karten benutzt.`,
    ko: `최근 7일간 이 기기에서 카드 ${x}장이 사용되었습니다.`,
    ar: `استُخدمت ${x} من البطاقات على هذا الجهاز في آخر 7 أيام.`,
  }),
  device_known_frauds: (x) => ({
    en: `${x} payments from this device turned out to be fraud.`,
    de: `${x} Zahlungen von diesem Gerät stellten sich als Betrug heraus.`,
    ko: `이 기기에서 한 결제 ${x}건이 사기로 밝혀졌습니다.`,
    ar: `تبيّن أن ${x} من الدفعات من هذا الجهاز احتيال.`,
  }),
};
