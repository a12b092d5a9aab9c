import type { sellerEn } from "./seller.en";
import type { Message } from "./message";

export const sellerAr: Record<keyof typeof sellerEn, Message> = {
  "seller.dashboard": "اليوم",
  "seller.orders": "الطلبات",
  "seller.listings": "العروض",
  "seller.stock": "المخزون",
  "seller.returns": "المرتجعات",
  "seller.money": "المال",
};
