import type { adminEn } from "./admin.en";
import type { Message } from "./message";

export const adminDe: Record<keyof typeof adminEn, Message> = {
  "admin.overview": "Überblick",
  "admin.time": "Zeit",
  "admin.approvals": "Freigaben",
  "admin.orders": "Bestellungen",
  "admin.sellers": "Händler",
  "admin.denials": "Abgewiesenes",
  "admin.jobs": "Aufträge",
  "admin.health": "Zustand",
};
