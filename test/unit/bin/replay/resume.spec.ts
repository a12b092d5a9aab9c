/** A replay that is cut goes on when it is run again: nothing is recorded twice, and the account of it all closes. */
import { Readable } from "node:stream";
import { closes, openAccount } from "../../../../bin/replay/account";
import type { Where } from "../../../../bin/replay/commands";
import { invoicesIn } from "../../../../bin/replay/invoice";
import { runReplay, type ReplayCounts } from "../../../../bin/replay/run-replay";
import { inTurn } from "../../../../bin/client/batch";
import { MallUnreachable, type Command, type Mall, type Outcome } from "../../../../bin/client/mall";

const HEAD = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
const INVOICES = 60;

/** Purchases of three articles; every fifth invoice takes two units of the one before it back. */
function file(): string {
  const rows = Array.from({ length: INVOICES }, (_, n) => {
    const back = n % 5 === 4;
    const at = new Date(Date.UTC(2011, 0, 1, 9, back ? n + 1 : n)).toISOString().slice(0, 19).replace("T", " ");
    const customer = 12_000 + (back ? n - 1 : n);
    const line = (code: string, units: number): string =>
      `${back ? "C" : ""}${536_000 + n},${code},LAMP,${units},${at},2.55,${customer}.0,United Kingdom`;
    return back ? [line("A", -2)] : [line("A", 3), line("B", 2), line("C", 1)];
  });
  return [HEAD, ...rows.flat()].join("\n");
}

/** Keeps what it is told by its key, as the mall does, and goes away after so many commands. */
function mallOf(kept: Map<string, Command>, goesAfter = Infinity): Mall {
  let heard = 0;
  const send = (command: Command): Promise<Outcome> => {
    heard += 1;
    if (heard > goesAfter) return Promise.reject(new MallUnreachable("The mall has gone."));
    const known = kept.get(command.idempotencyKey);
    if (known && JSON.stringify(known) !== JSON.stringify(command)) {
      return Promise.resolve({ ok: false, type: "IDEMPOTENCY_KEY_REUSED", detail: command.idempotencyKey });
    }
    kept.set(command.idempotencyKey, command);
    return Promise.resolve({ ok: true, token: "" });
  };
  return {
    url: "memory",
    send,
    sendAll: inTurn(send),
    query: () => Promise.resolve({}),
    close: () => Promise.resolve(),
  };
}

const where: Where = { principalId: "admin", channelId: "channel-1" };

function replay(mall: Mall) {
  const account = openAccount();
  const done: Promise<ReplayCounts> = runReplay({
    ...{ invoices: invoicesIn(Readable.from([Buffer.from(file())])), mall, where, concurrency: 4, account },
    report: { add: () => undefined },
    progress: () => undefined,
  });
  return { account, done };
}

it.each([1, 7, 23, 50])("cut after %d commands, it ends as if it had never been cut", async (commands) => {
  const whole = new Map<string, Command>();
  const undisturbed = replay(mallOf(whole));
  const counts = await undisturbed.done;
  expect(counts).toMatchObject({ invoices: INVOICES, orders: 48, returns: 12, failed: 0 });
  const kept = new Map<string, Command>();
  const cut = replay(mallOf(kept, commands));
  await expect(cut.done).rejects.toThrow("The mall has gone.");
  expect(kept.size).toBeLessThanOrEqual(commands);
  expect(closes(cut.account)).toBe(false);
  const resumed = replay(mallOf(kept));
  expect(await resumed.done).toEqual(counts);
  expect(closes(resumed.account)).toBe(true);
  expect([...kept].sort()).toEqual([...whole].sort());
});
