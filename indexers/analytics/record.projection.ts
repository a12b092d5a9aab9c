/** What all records have in common, and how a person is told in them: by a word that leads back to nobody. */
import { derivedId } from "../../models/kernel/ids";
import { date, keyword } from "../kernel/fields";

/** The same for the same person; null where nobody is known. */
export const hashOf = (accountId: string | null): string | null =>
  accountId === null ? null : derivedId("buyer", accountId);

/** Fields that every record has. */
export const common = { "@timestamp": date, "event.action": keyword, "event.dataset": keyword } as const;
