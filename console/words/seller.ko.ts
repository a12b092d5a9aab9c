import type { sellerEn } from "./seller.en";
import type { Message } from "./message";

export const sellerKo: Record<keyof typeof sellerEn, Message> = {
  "seller.dashboard": "오늘",
  "seller.orders": "주문",
  "seller.listings": "판매 목록",
  "seller.stock": "재고",
  "seller.returns": "반품",
  "seller.money": "정산",
};
