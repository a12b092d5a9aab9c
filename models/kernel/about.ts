/** Whose a thing is, as its model says: who asks for everything that is kept of them gets it. */
import type { AboutPerson, Model } from "./model";
import type { Row } from "./row";

/** By the field of the state that names the person. */
export const namedBy =
  (field: string): AboutPerson =>
  (state) => {
    const person = state[field];
    return typeof person === "string" ? person : null;
  };

/** True for kinds of things that can be somebody's. */
export const isAboutPeople = ({ personal, about }: Model): boolean => personal !== undefined || about !== undefined;

export function isAbout({ personal, about }: Model, person: string, row: Pick<Row, "aggregateId" | "state">): boolean {
  if (typeof row.state !== "object" || row.state === null) return false;
  const fields = row.state as Readonly<Record<string, unknown>>;
  return about?.(fields, row.aggregateId) === person || personal?.subject(fields) === person;
}
