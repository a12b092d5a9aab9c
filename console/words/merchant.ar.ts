import type { merchantEn } from "./merchant.en";
import type { Message } from "./message";

export const merchantAr: Record<keyof typeof merchantEn, Message> = {
  "rules.does": "ماذا تفعل",
  "rules.deed.lift": "رفع ما يناسب",
  "rules.deed.lower": "خفض ما يناسب",
  "rules.deed.pin": "تثبيت منتجات في الأعلى",
  "rules.deed.bury": "وضع منتجات في الآخر",
  "rules.deed.hide": "إخفاء منتجات",
  "rules.deed.only": "إظهار ما يناسب فقط",
  "rules.deed.same": "كلمات بالمعنى نفسه",
  "rules.deed.alsoFind": "كلمات تجد غيرها أيضًا",
  "rules.deed.redirect": "التحويل إلى مكان آخر",
  "rules.several": "عدة قيم تفصلها فواصل",
  "rules.path": "مسار في المتجر مثل ‎/sale أو عنوان https",
  "rules.valueOf.target": "أيها",
  "rules.valueOf.pin": "المنتجات: معرّفات أو عناوين، الأول في الأعلى",
  "rules.valueOf.bury": "المنتجات: معرّفات أو عناوين",
  "rules.valueOf.hide": "المنتجات المخفية: معرّفات أو عناوين",
  "rules.valueOf.same": "الكلمات",
  "rules.valueOf.alsoFind": "ما تجده أيضًا",
  "rules.valueOf.redirect": "إلى أين",
  "rules.everywhere": "في كل مكان",
  "rules.channel": "القناة",
  "rules.section": "القسم",
  "rules.from": "من",
  "rules.until": "حتى",
};
