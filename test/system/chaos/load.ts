/** Many clients at once, each with a product and a stock of its own, and the journal of what they were told. */
import { idMadeBy } from "../../../bin/client/keys";
import { ADMIN } from "../../../bin/client/locate";
import type { Command, Mall } from "../../../bin/client/mall";
import { stockIdOf } from "../../../models/stock/stock.contract";

/** What one client was told, in the order in which it asked. */
export interface Journal {
  readonly productId: string;
  readonly stockId: string;
  readonly titles: string[];
  received: number;
  readonly refused: string[];
  /** For the answer that took longest. */
  waitedMs: number;
}

export interface Load {
  /** Answers so far. */
  answered(): number;
  /** Nothing new is sent; resolves when every answer is there. */
  stop(): Promise<readonly Journal[]>;
}

const LOCATION = "main";

function journalOf(name: string): Journal & { readonly offerId: string } {
  const productId = idMadeBy(ADMIN.id, "product.create", `${name}/product`);
  const offerId = idMadeBy(ADMIN.id, "offer.make", `${name}/offer`);
  const stockId = stockIdOf({ offerId, location: LOCATION });
  return { productId, offerId, stockId, titles: [], received: 0, refused: [], waitedMs: 0 };
}

export function startLoad(mall: Mall, round: string, clients: number): Load {
  let stopping = false;
  let answered = 0;

  async function send(journal: Journal, command: Command): Promise<boolean> {
    const sent = performance.now();
    const outcome = await mall.send(command);
    journal.waitedMs = Math.max(journal.waitedMs, performance.now() - sent);
    answered += 1;
    if (!outcome.ok) journal.refused.push(`${command.action} ${command.idempotencyKey}: ${outcome.detail}`);
    return outcome.ok;
  }

  async function client(name: string): Promise<Journal> {
    const journal = journalOf(name);
    const { productId, offerId } = journal;
    const title = `${name} at first`;
    const product = { title: { en: title }, channels: [], publish: true };
    const price = { amountMinor: 1_000, currency: "EUR" };
    const offer = { productId, sellerId: "chaos", sku: name.replace("/", "-"), price, condition: "new" };
    if (await send(journal, { action: "product.create", params: product, idempotencyKey: `${name}/product` })) {
      journal.titles.push(title);
    }
    await send(journal, { action: "offer.make", params: offer, idempotencyKey: `${name}/offer` });
    for (let n = 0; !stopping; n++) {
      const next = `${name} change ${n}`;
      const revision = { id: productId, title: { en: next } };
      if (await send(journal, { action: "product.revise", params: revision, idempotencyKey: `${name}/title/${n}` })) {
        journal.titles.push(next);
      }
      const receipt = { offerId, location: LOCATION, quantity: 1 };
      if (await send(journal, { action: "stock.receive", params: receipt, idempotencyKey: `${name}/stock/${n}` })) {
        journal.received += 1;
      }
    }
    return journal;
  }

  const working = Promise.all(Array.from({ length: clients }, (_, n) => client(`${round}/${n}`)));
  working.catch(() => undefined);
  return {
    answered: () => answered,
    stop() {
      stopping = true;
      return working;
    },
  };
}
