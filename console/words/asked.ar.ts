import type { askedEn } from "./asked.en";

export const askedAr: typeof askedEn = {
  "asked.seller.approve": "السماح لبائع بالبيع هنا",
  "asked.assessment.releaseTogether": "الإفراج عن دفعة كبيرة",
  "asked.account.grant": "منح شخص دورًا في المتجر كله",
  "asked.order.edit": "تعديل طلب مدفوع",
  "asked.order.refund": "ردّ مبلغ كبير",
  "asked.ledger.adjust": "تعديل حساب بائع يدويًا",
  "asked.role.define": "تعريف دور",
  "asked.role.revise": "تعديل دور",
  "asked.role.retire": "إلغاء دور",
  "about.checkout": "عملية الشراء",
  "about.order": "الطلب",
  "about.product": "المنتج",
  "about.review": "التقييم",
  "about.listing": "العرض",
  "verdict.allow": "مسموح",
  "verdict.review": "ينتظر قرار شخص",
  "verdict.deny": "مرفوض",
  "verdict.publish": "منشور",
  "verdict.hold": "ينتظر قرار شخص",
  "verdict.reject": "غير منشور",
};
