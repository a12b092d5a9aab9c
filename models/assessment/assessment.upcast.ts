/** Until schema 2, what raised the probability was told in English alone. */
import type { Upcast } from "../kernel/model";

const inEnglish = (said: unknown): unknown => (typeof said === "string" ? { en: said } : said);

function told(holder: unknown): unknown {
  if (typeof holder !== "object" || holder === null || !("reasons" in holder)) return holder;
  const { reasons } = holder;
  return Array.isArray(reasons) ? { ...holder, reasons: reasons.map(inEnglish) } : holder;
}

export const reasonsInLanguages: Upcast = {
  from: 1,
  event: ({ type, data }) => ({ type, data: told(data) as object }),
  state: told,
};
