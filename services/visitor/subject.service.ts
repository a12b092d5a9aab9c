/**
 * Whose a trail is. A visitor's key is made of the visitor's id, which nobody but their browser keeps: without them
 * asking, the mall itself cannot open what it holds. Somebody who is logged in has a key of their own, which an erasure
 * destroys.
 */
import { hkdfSync } from "node:crypto";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import type { SubjectKeys } from "../../models/kernel/subject-keys";

const KEY_BYTES = 32;

export interface Subject {
  /** The pseudonym that facts lie under. */
  readonly who: string;
  /** Null for somebody who was erased. */
  key(): Promise<Buffer | null>;
}

export const visitorSubject = (visitorId: string): Subject => ({
  who: derivedId("visitor", visitorId),
  key: () => Promise.resolve(Buffer.from(hkdfSync("sha256", visitorId, "", "stoa visitor 1", KEY_BYTES))),
});

export const personSubject = (subjects: SubjectKeys, personId: string): Subject => ({
  who: derivedId("person", personId),
  async key() {
    try {
      return await subjects.create(personId);
    } catch (error) {
      if (isRefusal(error, "SUBJECT_ERASED")) return null;
      throw error;
    }
  },
});
