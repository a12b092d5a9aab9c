import { Readable } from "node:stream";
import fc from "fast-check";
import { closes, openAccount, read, settle } from "../../../../bin/replay/account";
import { commandOf } from "../../../../bin/replay/commands";
import type { Invoice, InvoiceLine } from "../../../../bin/replay/invoice";
import { invoicesIn } from "../../../../bin/replay/invoice";
import { planOf, type Shelf } from "../../../../bin/replay/plan";
import type { RecordReturn } from "../../../../models/order/order.record.contract";

const HEAD = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

const line = (code: string, units: number, priceMills: number): InvoiceLine => ({
  line: 2,
  code,
  description: "A LAMP",
  units,
  priceMills,
});

const invoice = (number: string, lines: readonly InvoiceLine[], customer: string | null = "17850"): Invoice => ({
  ordinal: 1,
  number,
  returns: number.startsWith("C"),
  at: "2010-12-01T08:26:00.000Z",
  customer,
  lines,
});

async function readAll(text: string): Promise<Invoice[]> {
  const all: Invoice[] = [];
  for await (const one of invoicesIn(Readable.from([Buffer.from(text)]))) all.push(one);
  return all;
}

/** Settles what is planned as if the mall took all of it. */
function accounting() {
  const account = openAccount();
  const shelf: Shelf = new Map();
  return {
    account,
    settleAll(one: Invoice): void {
      for (const each of one.lines) read(account, each, one.returns);
      const { steps, refused } = planOf(one, shelf);
      for (const piece of refused) settle(account, piece.reason, piece);
      const pieces = steps.flatMap((step) => (step.kind === "credit" ? step.pieces : step.lines));
      for (const piece of pieces) settle(account, "purchases", piece);
    },
  };
}

describe("reading invoices", () => {
  it("tells what is left of an interrupted invoice from its beginning", async () => {
    const rows = ["1", "1", "2", "1", "3", "1"].map(
      (no) => `${no},71053,LANTERN,6,2010-12-01 08:26:00,3,17850.0,United Kingdom`,
    );
    const found = await readAll([HEAD, ...rows].join("\n"));
    expect(found.map(({ number }) => number)).toEqual(["1", "2", "1+2", "3", "1+3"]);
  });

  it("keeps the lines of an invoice together, and counts prices in tenths of a penny", async () => {
    const rows = [
      '536365,85123A,"HEART, WHITE",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
      "536365,71053,LANTERN,6,2010-12-01 08:26:00,0.001,17850.0,United Kingdom",
      "C536366,71053,LANTERN,-6,2010-12-01 09:00:00,3,,United Kingdom",
    ];
    const [first, second] = await readAll([HEAD, ...rows].join("\n"));
    expect(first).toMatchObject({ number: "536365", returns: false, customer: "17850" });
    expect(first?.lines.map(({ priceMills }) => priceMills)).toEqual([2_550, 1]);
    expect(second).toMatchObject({ returns: true, customer: null, at: "2010-12-01T09:00:00.000Z" });
  });

  it("says which line is wrong", async () => {
    const row = "536365,85123A,HEART,six,2010-12-01 08:26:00,2.55,17850.0,United Kingdom";
    await expect(readAll([HEAD, row].join("\n"))).rejects.toThrow('Line 2: "six" is no quantity.');
    await expect(readAll("a,b\n1,2")).rejects.toThrow("does not name the columns InvoiceNo");
  });
});

describe("planning invoices", () => {
  it("refuses line by line, for a named reason", () => {
    const lines = [line("A", 1, -11_062_060), line("B", 1, 1), line("C", -3, 1_000), line("D", 2, 500)];
    const { steps, refused } = planOf(invoice("1", lines), new Map());
    expect(refused.map(({ reason }) => reason)).toEqual(["PRICE_NEGATIVE", "PRICE_BELOW_PENNY", "QUANTITY_NEGATIVE"]);
    expect(steps).toMatchObject([{ kind: "purchase", lines: [{ units: 2, unitMinor: 50 }] }]);
  });

  it("takes what is free together with what is paid, and not alone", () => {
    expect(planOf(invoice("1", [line("A", 1, 0), line("B", 1, 10)]), new Map()).steps).toHaveLength(1);
    expect(planOf(invoice("2", [line("A", 1, 0)]), new Map()).refused).toMatchObject([{ reason: "NOTHING_TO_PAY" }]);
  });

  it("splits what is too long for an order, and too many for a line", () => {
    const long = Array.from({ length: 250 }, (_, i) => line(`S${i}`, 1, 100));
    expect(
      planOf(invoice("1", long), new Map()).steps.map((step) => step.kind === "purchase" && step.reference),
    ).toEqual(["1", "1-2"]);
    const [many] = planOf(invoice("2", [line("A", 25_000, 100)]), new Map()).steps;
    expect(many?.kind === "purchase" && many.lines.map(({ units }) => units)).toEqual([10_000, 10_000, 5_000]);
  });

  it("gives back of the newest purchase at that price first, and credits what no purchase is known of", () => {
    const shelf: Shelf = new Map();
    planOf(invoice("1", [line("A", 4, 1_000)]), shelf);
    planOf(invoice("2", [line("A", 4, 1_000)]), shelf);
    const { steps } = planOf(invoice("C3", [line("A", -5, 1_000), line("A", -5, 1_000)]), shelf);
    const kinds = steps.map((step) => [step.kind, step.kind === "return" ? step.of : null]);
    expect(kinds).toEqual([
      ["return", "2"],
      ["return", "1"],
      ["credit", null],
    ]);
    const where = { principalId: "admin", channelId: "channel" };
    const [ofSecond, ofFirst, credit] = steps.map((step) => commandOf(invoice("C3", []), step, where).params);
    expect((ofSecond as RecordReturn).lines).toEqual([{ lineId: "l0", quantity: 4 }]);
    // two lines of the invoice take back units of one line of the purchase
    expect((ofFirst as RecordReturn).lines).toEqual([{ lineId: "l0", quantity: 4 }]);
    expect(credit).toMatchObject({ amountMinor: 200 });
  });

  it("does not mix customers, nor guests with them", () => {
    const shelf: Shelf = new Map();
    planOf(invoice("1", [line("A", 4, 1_000)]), shelf);
    expect(planOf(invoice("C2", [line("A", -1, 1_000)], null), shelf).steps).toMatchObject([{ kind: "credit" }]);
  });

  it("accounts for every unit and every penny, whatever the invoices hold", () => {
    const anyLine = fc.record({
      code: fc.constantFrom("A", "B", "C"),
      units: fc.integer({ min: -30_000, max: 30_000 }),
      priceMills: fc.constantFrom(-50, 0, 1, 100, 1_000),
    });
    const any = fc.array(fc.tuple(fc.boolean(), fc.array(anyLine, { minLength: 1, maxLength: 5 })), { maxLength: 20 });
    fc.assert(
      fc.property(any, (invoices) => {
        const account = accounting();
        for (const [i, [returns, lines]] of invoices.entries()) {
          const rows = lines.map(({ code, units, priceMills }) => line(code, units, priceMills));
          account.settleAll(invoice(`${returns ? "C" : ""}${i}`, rows));
        }
        return closes(account.account);
      }),
    );
  });
});
