import type { adminEn } from "./admin.en";
import type { Message } from "./message";

export const adminAr: Record<keyof typeof adminEn, Message> = {
  "admin.overview": "نظرة عامة",
  "admin.time": "الزمن",
  "admin.approvals": "الموافقات",
  "admin.orders": "الطلبات",
  "admin.sellers": "البائعون",
  "admin.denials": "المرفوضات",
  "admin.jobs": "المهام",
  "admin.health": "الحالة",
};
