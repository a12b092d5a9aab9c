/**
 * Decides the commands that wait for one actor, each on the state that its predecessor would leave. Nothing is
 * written here and nobody is answered: what is decided on a predecessor that is not yet durable has to wait for it.
 */
import type { DomainEvent } from "../../models/kernel/row";
import type { Claims } from "../../models/kernel/claims";
import { isRefusal, Refusal, refuseKernel } from "../../models/kernel/refusal";
import type { Command, Decision, Held, Letter } from "./command";
import { pass } from "./permission";
import { nextRow, type RowBuilder } from "./row-builder";

export interface Decider extends RowBuilder {
  readonly claims: Claims;
}

/** Marks a command whose id was seen earlier in the same batch: its answer stands in the store by then. */
const REPEATED = new Error("repeated in one batch");

export const holderOf = (decider: Pick<Decider, "aggregate">, id: string): string => `${decider.aggregate.name}/${id}`;

/** Keys that `to` claims and `from` does not. */
export function newClaims({ aggregate }: Pick<Decider, "aggregate">, from: unknown, to: unknown): string[] {
  if (!aggregate.claims) return [];
  const had = aggregate.claims(from);
  return aggregate.claims(to).filter((key) => !had.includes(key));
}

function eventsOf({ aggregate, clock }: Decider, held: Held, command: Command): readonly DomainEvent[] {
  pass(command.guard, [held.state, command.params]);
  const version = held.row?.version ?? 0;
  if (command.expectedVersion !== null && command.expectedVersion !== version) {
    const changed = `You changed version ${command.expectedVersion}`;
    const detail = `${changed}, but version ${version} is there now; read it and try again.`;
    refuseKernel("VERSION_MISMATCH", detail, { expected: command.expectedVersion, version });
  }
  const decide = aggregate.decide[command.name];
  if (!decide) throw new Error(`${aggregate.name} has no decide for "${command.name}"`);
  return decide(held.state, command.params, command.occurredAt ?? clock.now());
}

/** What a caller is told when the store could not be asked: whatever was under way, repeating the command is safe. */
export function unavailable(error: unknown): Refusal {
  const why = error instanceof Error ? error.message : String(error);
  const detail =
    "The store does not answer; whether the command was kept is not known. Send it again with the same key.";
  return new Refusal("STORE_UNAVAILABLE", 503, detail, { why });
}

/** @throws CLAIM_TAKEN, or STORE_UNAVAILABLE */
async function claim(decider: Decider, holder: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await decider.claims.take(holder, keys).catch((error: unknown) => {
    throw isRefusal(error) ? error : unavailable(error);
  });
}

async function decideOne(decider: Decider, held: Held, letter: Letter): Promise<Decision> {
  try {
    const events = eventsOf(decider, held, letter.command);
    if (events.length === 0) return { kind: "settled", letter, error: null };
    const next = await nextRow(decider, held, letter.command, events);
    const keys = newClaims(decider, held.state, next.state);
    await claim(decider, holderOf(decider, letter.command.aggregateId), keys);
    return { kind: "made", letter, next, before: held };
  } catch (error) {
    return { kind: "settled", letter, error };
  }
}

/** One decision per letter, in order. */
export async function decideAll(decider: Decider, held: Held, letters: readonly Letter[]): Promise<Decision[]> {
  const decisions: Decision[] = [];
  const seen = new Set<string>();
  let latest = held;
  for (const letter of letters) {
    const repeated = seen.has(letter.command.id);
    seen.add(letter.command.id);
    const decision: Decision = repeated
      ? { kind: "settled", letter, error: REPEATED }
      : await decideOne(decider, latest, letter);
    if (decision.kind === "made") latest = decision.next;
    decisions.push(decision);
  }
  return decisions;
}
