/**
 * A mall in this very process, sent to through its broker: the same commands with the same ids as over HTTP, without
 * the way there and back. A busy mall is borne as patiently.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { ServiceBroker } from "moleculer";
import type { WriteMark } from "../../models/kernel/contract";
import { isRefusal, type Refusal } from "../../models/kernel/refusal";
import type { CallMeta, Principal } from "../../services/kernel/call";
import { commandIdOf } from "../../services/kernel/command-id";
import { readWrites, signWrites } from "../../services/gateway/write-token";
import { inTurn } from "./batch";
import { delayMs, MallUnreachable, PATIENCE, type Command, type Mall, type Outcome, type Patience } from "./mall";

export interface Near {
  readonly broker: Pick<ServiceBroker, "call">;
  /** Signs consistency tokens. */
  readonly secret: string;
  readonly principal: Principal;
  /** Names the work in the histories. */
  readonly trace: string;
}

const isBusy = ({ code }: Refusal): boolean => code === 429 || code === 503;

/** @throws MallUnreachable when it stays busy, and whatever is no refusal */
async function patiently(ask: () => Promise<unknown>, patience: Patience): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!isRefusal(error) || !isBusy(error)) throw error;
      if (attempt >= patience.attemptsMax) throw new MallUnreachable(`The mall stays busy: ${error.message}`);
      await pause(delayMs(attempt, patience, Math.random()));
    }
  }
}

/** A command tells of one write; a procedure answers with something of its own, and may tell of several or none. */
function writesOf(answer: unknown): readonly WriteMark[] {
  const { wrote = [] } = answer as { readonly wrote?: WriteMark | readonly WriteMark[] };
  return "targets" in wrote ? [wrote] : wrote;
}

export function nearMall({ broker, secret, principal, trace }: Near, patience: Patience = PATIENCE): Mall {
  const known = { principal, trace };
  const ask = (action: string, params: object, meta: CallMeta) =>
    patiently(() => broker.call(action, params, { meta }), patience);
  const send = async ({ action, params, idempotencyKey, occurredAt }: Command): Promise<Outcome> => {
    const commandId = commandIdOf(principal.id, action, idempotencyKey);
    const meta = { ...known, commandId, ...(occurredAt === undefined ? {} : { occurredAt }) };
    try {
      const wrote = writesOf(await ask(action, params, meta));
      // of thousands of commands few are waited for: a token is signed when it is read
      return {
        ok: true,
        get token() {
          return signWrites(secret, wrote) ?? "";
        },
      };
    } catch (error) {
      if (isRefusal(error)) return { ok: false, type: error.type, detail: error.message };
      throw error;
    }
  };
  return {
    url: "here",
    send,
    sendAll: inTurn(send),
    async query(action, params, after) {
      const meta = after === undefined ? known : { ...known, after: readWrites(secret, after) };
      try {
        // a query that waits in vain says so, and whoever asked decides what then
        return await broker.call(action, params, { meta });
      } catch (error) {
        throw isRefusal(error) ? new Error(`${error.type}: ${error.message}`) : error;
      }
    },
    close: () => Promise.resolve(),
  };
}
