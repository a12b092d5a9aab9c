import type { sellerEn } from "./seller.en";
import type { Message } from "./message";

export const sellerDe: Record<keyof typeof sellerEn, Message> = {
  "seller.dashboard": "Heute",
  "seller.orders": "Bestellungen",
  "seller.listings": "Angebote",
  "seller.stock": "Bestand",
  "seller.returns": "Rückgaben",
  "seller.money": "Geld",
};
