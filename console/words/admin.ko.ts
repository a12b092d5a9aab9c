import type { adminEn } from "./admin.en";
import type { Message } from "./message";

export const adminKo: Record<keyof typeof adminEn, Message> = {
  "admin.overview": "개요",
  "admin.time": "시간",
  "admin.approvals": "승인",
  "admin.orders": "주문",
  "admin.sellers": "판매자",
  "admin.denials": "거부 기록",
  "admin.jobs": "작업",
  "admin.health": "상태",
};
