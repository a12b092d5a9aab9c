/** Brings one record into the mall, command after command; the first that is refused ends it. */
import type { Mall, Outcome } from "../client/mall";
import type { ImportCommand, Step } from "./steps";

export type Sent =
  | { readonly ok: true; readonly token: string; readonly changed: boolean }
  | { readonly ok: false; readonly step: string; readonly problem: string };

async function sendOne(mall: Mall, command: ImportCommand): Promise<Outcome> {
  const outcome = await mall.send(command);
  if (outcome.ok || !command.fine?.includes(outcome.type)) return outcome;
  return { ok: true, token: "" };
}

/** The first refusal, or the last command's answer. */
async function sendAll(mall: Mall, commands: readonly ImportCommand[]): Promise<Outcome> {
  let outcome: Outcome = { ok: true, token: "" };
  for (const command of commands) {
    const answered = await sendOne(mall, command);
    if (!answered.ok) return answered;
    if (answered.token !== "") outcome = answered;
  }
  return outcome;
}

export async function sendRecord(mall: Mall, steps: readonly Step[]): Promise<Sent> {
  let token = "";
  let changed = false;
  for (const step of steps) {
    let outcome = await sendOne(mall, step);
    if (!outcome.ok && outcome.type === "IDEMPOTENCY_KEY_REUSED" && step.changed.length > 0) {
      changed = true;
      outcome = await sendAll(mall, step.changed);
    }
    if (!outcome.ok) return { ok: false, step: step.name, problem: `${outcome.type}: ${outcome.detail}` };
    if (outcome.token !== "") token = outcome.token;
  }
  return { ok: true, token, changed };
}
