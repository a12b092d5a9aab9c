/** Brings one record into the mall, its commands together; the first that is refused ends it. */
import type { Mall, Outcome } from "../client/mall";
import type { ImportCommand, Step } from "./steps";

export type Sent =
  | { readonly ok: true; readonly token: string; readonly changed: boolean }
  | { readonly ok: false; readonly step: string; readonly problem: string };

type Refused = Outcome & { readonly ok: false };

/** How far it came: what was refused is the one after those that are done, and `token` is the newest of these. */
interface Progress {
  readonly done: number;
  readonly token: string;
  readonly refused: Refused | null;
}

const isFine = (command: ImportCommand | undefined, { type }: Refused): boolean =>
  command?.fine?.includes(type) === true;

/** The newest of those that have one; else what was there before. */
const newestToken = (outcomes: readonly Outcome[], before: string): string =>
  outcomes.reduce((token, one) => (one.ok && one.token !== "" ? one.token : token), before);

/** Goes on after what is refused because there is nothing to do. */
async function sendCommands(mall: Mall, commands: readonly ImportCommand[]): Promise<Progress> {
  let done = 0;
  let token = "";
  while (done < commands.length) {
    const outcomes = await mall.sendAll(commands.slice(done));
    const last = outcomes.at(-1);
    if (!last) throw new Error("The mall answered nothing to what it was sent");
    token = newestToken(outcomes, token);
    done += outcomes.length;
    const refused = last.ok || isFine(commands[done - 1], last) ? null : last;
    if (refused) return { done: done - 1, token, refused };
  }
  return { done, token, refused: null };
}

const failed = (step: Step, { type, detail }: Refused): Sent => ({
  ok: false,
  step: step.name,
  problem: `${type}: ${detail}`,
});

/** What an earlier import brought with other content is changed instead. */
const isChanged = (step: Step, { type }: Refused): boolean =>
  type === "IDEMPOTENCY_KEY_REUSED" && step.changed.length > 0;

export async function sendRecord(mall: Mall, steps: readonly Step[]): Promise<Sent> {
  let token = "";
  let changed = false;
  for (let from = 0; from < steps.length;) {
    const sent = await sendCommands(mall, steps.slice(from));
    token = sent.token || token;
    const step = steps[from + sent.done];
    from += sent.done + 1;
    if (!step || sent.refused === null) break;
    if (!isChanged(step, sent.refused)) return failed(step, sent.refused);
    changed = true;
    const again = await sendCommands(mall, step.changed);
    if (again.refused !== null) return failed(step, again.refused);
    token = again.token || token;
  }
  return { ok: true, token, changed };
}
