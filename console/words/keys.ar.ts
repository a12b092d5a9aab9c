import type { keysEn } from "./keys.en";

export const keysAr: Record<keyof typeof keysEn, string> = {
  "keys.title": "مفاتيح البرامج",
  "keys.lead":
    "يعمل البرنامج نيابةً عنك بمفتاح: يفعل ما تمنحه هنا مما يحق لك أنت، ولا يسجّل الدخول ولا يغيّر حسابك " +
    "ولا ينشئ مفاتيح أبدًا.",
  "keys.none": "لا مفاتيح بعد",
  "keys.name": "الاسم",
  "keys.nameHint": "ما تعرفه به لاحقًا: لأي غرض هو",
  "keys.begins": "يبدأ بـ",
  "keys.may": "الصلاحيات",
  "keys.made": "أُنشئ",
  "keys.used": "آخر استخدام",
  "keys.never": "ليس بعد",
  "keys.new": "مفتاح جديد",
  "keys.choose": "ما يحق له: {max} على الأكثر",
  "keys.make": "أنشئ المفتاح",
  "keys.once": "هذا هو المفتاح. يُعرض الآن ولن يُعرض ثانية: احفظه حيث يجده برنامجك.",
  "keys.key": "المفتاح",
  "keys.copy": "نسخ",
  "keys.copied": "نُسخ",
  "keys.kept": "حفظتُه",
  "keys.revoke": "إلغاء",
  "keys.revokeTitle": "إلغاء {name}؟",
  "keys.revokeText": "كل ما يستخدمه يُرفض من الآن. لا يمكن التراجع عن ذلك، ويمكن إنشاء مفتاح جديد في أي وقت.",
  "keys.open": "للبرامج التي تعمل نيابةً عنك: أعطها مفاتيح خاصة بها بدل كلمة مرورك.",
  "keys.look": "اعرض مفاتيحي",
};
