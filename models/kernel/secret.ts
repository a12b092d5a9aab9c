/** What is declared secret leaves no process of the mall: it is taken out of whatever is shown of a history. */
import type { Model } from "./model";
import type { DomainEvent } from "./row";

/** Stands where a secret was, so that readers see that there is one. */
export const HIDDEN = "(secret)";

interface Shown {
  readonly state: unknown;
  readonly events: readonly DomainEvent[];
}

function hidden(fields: readonly string[], holder: unknown): unknown {
  if (typeof holder !== "object" || holder === null) return holder;
  const found = fields.filter((field) => ((holder as Record<string, unknown>)[field] ?? null) !== null);
  return { ...holder, ...Object.fromEntries(found.map((field) => [field, HIDDEN])) };
}

/** The row with every secret field of its state and of its events replaced; for showing, never for hashing. */
export function withoutSecrets<R extends Shown>({ secret = [] }: Pick<Model, "secret">, row: R): R {
  if (secret.length === 0) return row;
  const events = row.events.map(({ type, data }) => ({ type, data: hidden(secret, data) as object }));
  return { ...row, state: hidden(secret, row.state), events };
}
