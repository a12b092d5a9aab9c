/** Makes what the demo market rests on. Where two people must agree to let a seller in, two agree. */
import { derivedId } from "../../models/kernel/ids";
import { commandIdOf, createdId } from "../../services/kernel/command-id";
import type { Command, Mall } from "../client/mall";
import { actionOf } from "../client/request";
import { keyOf } from "../client/keys";
import { Sentence } from "../terminal/sentence";
import { collectionsOf } from "./collections";
import { foundingOf } from "./founding";
import type { Dated } from "./history";
import { tradeOf, type Trading } from "./trade";

/** @throws Sentence when it is refused */
export async function sent(mall: Mall, command: Command): Promise<{ readonly token: string }> {
  const outcome = await mall.send(command);
  if (!outcome.ok) throw new Sentence(`The demo market could not be made: ${command.action}: ${outcome.detail}`);
  return outcome;
}

/** @returns the token. @throws Sentence when it is refused */
export const sendOne = async (mall: Mall, command: Command): Promise<string> => (await sent(mall, command)).token;

/** What a second person has to say to a command that became a request; null where one person is enough. */
function agreement({ action, idempotencyKey }: Dated, principalId: string): Command | null {
  if (actionOf(action).fourEyes !== true) return null;
  const request = derivedId("four-eyes", commandIdOf(principalId, action, idempotencyKey));
  const id = createdId("approval", request);
  return { action: "approval.approve", params: { id }, idempotencyKey: keyOf("demo", "approval", id) };
}

/** @param second somebody else, who may approve. @returns how many commands were sent, and the last one's token */
export async function found(
  mall: Mall,
  second: Mall,
  founding: Trading,
): Promise<{ readonly rows: number; readonly token: string }> {
  let [rows, token] = [0, ""];
  for (const round of [...foundingOf(founding), ...tradeOf(founding), collectionsOf(founding)]) {
    const tokens = await Promise.all(round.map((command) => sendOne(mall, command)));
    const agreed = round.flatMap((command) => agreement(command, founding.principalId) ?? []);
    await Promise.all(agreed.map((command) => sendOne(second, command)));
    rows += round.length + agreed.length;
    token = tokens.at(-1) ?? token;
  }
  return { rows, token };
}
