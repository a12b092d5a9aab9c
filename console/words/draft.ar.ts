import type { draftEn } from "./draft.en";
import type { Message } from "./message";

export const draftAr: Record<keyof typeof draftEn, Message> = {
  "draft.new": "إضافة منتج",
  "draft.what": "المنتج",
  "draft.title": "العنوان",
  "draft.brand": "العلامة التجارية",
  "draft.quantity": "القطع التي لديك",
  "draft.look": "مراجعة",
  "draft.proposed": "ما يقترحه المركز",
  "draft.where": "يبدو أن مكانه هنا",
  "draft.speaks": "{percent} – {why}",
  "draft.elsewhere": "مكان آخر",
  "draft.noPlace": "لا مكان مناسب له؛ يُعثر عليه بكلماته.",
  "draft.double": "قد يكون معروضًا بالفعل:",
  "draft.takenDouble": "أنت تعرض المنتج الموجود:",
  "draft.same": "هو نفسه",
  "draft.different": "هو غيره",
  "draft.sell": "عرضه للبيع",
  "draft.offer": "عرضه بسعرك",
  "draft.sold": "هو معروض للبيع.",
  "draft.see": "رؤيته في المتجر",
  "draft.variant": "أيّ خيار",
  "draft.choose": "اختر من فضلك",
  "draft.another": "إضافة آخر",
};
