/** The letters in Arabic. */
import type { Decision } from "../../models/message/message.letter.contract";
import { carried, listed, money, reasoned, was, type Items, type Texts } from "./parts.mail";

const REASONS: Readonly<Record<string, string>> = { return: "بضاعة مرتجعة", cancelled: "إلغاء", exchange: "استبدال" };
const KINDS = { return: "الإرجاع", exchange: "الاستبدال", claim: "الشكوى" } as const;
const DECIDED: Readonly<Record<Decision, readonly [string, string]>> = {
  approved: ["مقبول", "قُبل الطلب. أعد البضاعة إلى البائع، ونخبرك بعد فحصها."],
  rejected: ["مرفوض", "رفضه البائع."],
  settled: ["منتهٍ", "انتهى الأمر. ما يحق لك في الطريق إليك."],
};

const items = (it: Items): string => listed(it, (n) => `و ${n} غيرها`);

export const ar: Texts = {
  "order-placed": (it) => ({
    subject: `طلبيتك ${it.number}`,
    text: `شكرًا على طلبيتك ${it.number}:\n\n${items(it)}\n\nالمجموع: ${money(it, "ar")}\n
تابعها في أي وقت هنا:\n${it.link}`,
  }),
  "parcel-shipped": (it) => ({
    subject: `طلبيتك ${it.number} في الطريق`,
    text: `طرد من طلبيتك ${it.number} في الطريق:\n\n${items(it)}\n
${carried(["شركة الشحن", "رقم التتبع"], it)}\nطلبيتك:\n${it.link}`,
  }),
  "goods-delivered": (it) => ({
    subject: `طلبيتك ${it.number} جاهزة`,
    text: `هذه من طلبيتك ${it.number} جاهزة لك:\n\n${items(it)}\n\nطلبيتك:\n${it.link}`,
  }),
  "order-raised": ({ creditMinor, ...it }) => ({
    subject: creditMinor === undefined ? `إضافة إلى طلبيتك ${it.number}؟` : `استبدال من طلبيتك ${it.number}`,
    text:
      creditMinor === undefined
        ? `يقترح البائع إضافة إلى طلبيتك ${it.number} بمبلغ ${money(it, "ar")}: ${it.reason}

يمكنك أن توافق وتدفع حتى ${it.until.slice(0, 10)}. وإلا تبقى طلبيتك كما هي.

طلبيتك:
${it.link}`
        : `وصل ما أعدته من طلبيتك ${it.number}. يُحسب منه ${money({ ...it, amountMinor: creditMinor }, "ar")} \
لما تريده بدلًا منه. الفرق ${money(it, "ar")}.

يمكنك أن تدفعه حتى ${it.until.slice(0, 10)} فيُرسل إليك. وإلا يُرد إليك ثمن ما أعدته.

طلبيتك:
${it.link}`,
  }),
  "return-decided": (it) => ({
    subject: `${KINDS[it.kind]} من طلبيتك ${it.number}: ${DECIDED[it.decision][0]}`,
    text: `بخصوص ${KINDS[it.kind]} من طلبيتك ${it.number}: ${DECIDED[it.decision][1]}\n
${reasoned("السبب", it.reason)}طلبيتك:\n${it.link}`,
  }),
  refund: (it) => ({
    subject: `استرداد من طلبيتك ${it.number}`,
    text: `نرد إليك ${money(it, "ar")} من طلبيتك ${it.number}.\n
السبب: ${REASONS[it.reason] ?? it.reason}\n\nطلبيتك:\n${it.link}`,
  }),
  "payout-statement": (it) => ({
    subject: `الدفعة ${it.cycle} إلى ${it.sellerName}`,
    text: `الدفعة ${it.cycle} إلى ${it.sellerName} قيد التنفيذ: ${money(it, "ar")}.\n\nكشفها:\n${it.link}`,
  }),
  "webhook-disabled": (it) => ({
    subject: `أوقفت خطافات الويب إلى ${it.host}`,
    text: `${
      it.gone
        ? `أجابت نقطة الاستقبال ${it.host} بأنها لم تعد موجودة.`
        : `تعذر إبلاغ نقطة الاستقبال ${it.host} بأي شيء نحو ثلاثة أيام.`
    } لن تبلغ بشيء بعد الآن.

شغلها حين تجيب من جديد، واطلب إعادة إبلاغها بما فاتها:\n${it.link}`,
  }),
  "wish-alert": (it) => ({
    subject: it.what === "back" ? `متوفر من جديد: ${it.title}` : `انخفض السعر: ${it.title}`,
    text: `خبر عما في قائمة أمنياتك:

${it.title}
السعر الآن: ${money(it, "ar")}${was(it, (amount) => ` (عند إضافته: ${amount})`, "ar")}

انظر إليه:
${it.link}

يُرسل هذا التنبيه مرة واحدة. لإيقاف التنبيهات:
${it.stop}`,
  }),
};
