/** Fraud from rows to figures: no label before its time, one code for training and serving, the same bits again. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { useBackend } from "../../../../ml/kernel/backends";
import { chosenColumns, rowsOf } from "../../../../ml/fraud/columns";
import { comparing, readGiven } from "../../../../ml/fraud/compare";
import {
  FEATURES,
  foldAll,
  foldTransaction,
  newCustomer,
  newTerminal,
  type CustomerState,
  type TerminalState,
} from "../../../../ml/fraud/features";
import { marketOf } from "../../../../ml/fraud/market";
import { blendScore, explainFraud, type FraudModel } from "../../../../ml/fraud/model";
import { cardPrecision, splitOf, startOfTraining } from "../../../../ml/fraud/protocol";
import { readTransactions } from "../../../../ml/fraud/read";
import { labelledRows, MODEL_FEATURES, trainFraud } from "../../../../ml/fraud/train";
import { SECONDS_A_DAY, transactionsBuilder, type Transactions } from "../../../../ml/fraud/transactions";
import { writeDays } from "../../../../ml/fraud/write";

const market = marketOf(11, { customers: 80, terminals: 160, days: 45 });
const table = foldAll(market);
const column = (name: string): number => FEATURES.indexOf(name);
const of = (row: number, name: string): number => table.values[row * table.width + column(name)] as number;

/** Transactions of one customer at one terminal: [day, amount, label]. */
function told(rows: readonly (readonly [number, number, number])[]): Transactions {
  const builder = transactionsBuilder();
  rows.forEach(([day, amount, label], id) =>
    builder.add({ id, seconds: day * SECONDS_A_DAY, customer: "c", terminal: "t", amount, label }),
  );
  return builder.done();
}

describe("features", () => {
  it("are those of the Handbook's definitions", () => {
    const { values } = foldAll(
      told([
        [0, 10, 1],
        [0.5, 20, 0],
        [1, 60, 0],
        [7.2, 5, 0],
        [8, 5, 0],
      ]),
    );
    const at = (row: number, name: string): number => values[row * FEATURES.length + column(name)] as number;
    // (now − 1 day, now]: what is exactly a day old is out
    expect(at(2, "CUSTOMER_ID_NB_TX_1DAY_WINDOW")).toBe(2);
    expect(at(2, "CUSTOMER_ID_AVG_AMOUNT_1DAY_WINDOW")).toBe(40);
    expect(at(3, "CUSTOMER_ID_NB_TX_7DAY_WINDOW")).toBe(3);
    // of seven days and more ago: the fraud of day 0 alone, then also what was honest on days 0.5 and 1
    expect([at(3, "TERMINAL_ID_NB_TX_7DAY_WINDOW"), at(3, "TERMINAL_ID_RISK_7DAY_WINDOW")]).toEqual([1, 1]);
    expect(at(4, "TERMINAL_ID_RISK_30DAY_WINDOW")).toBeCloseTo(1 / 3, 6);
    // 1970-01-01 was a Thursday, and day 2 therefore a Saturday
    expect(at(0, "TX_DURING_NIGHT")).toBe(1);
    const saturday = foldAll(told([[2.5, 1, 0]])).values;
    expect([saturday[column("TX_DURING_WEEKEND")], saturday[column("TX_DURING_NIGHT")]]).toEqual([1, 0]);
  });

  it("leak nothing: neither what comes later nor a label of less than seven days changes them", () => {
    const cut = Math.floor(market.count * 0.8);
    const now = market.seconds[cut] as number;
    const otherwise = (row: number): number => {
      const young = (market.seconds[row] as number) > now - 7 * SECONDS_A_DAY;
      return young ? 1 - (market.labels[row] as number) : (market.labels[row] as number);
    };
    const changed = { ...market, labels: Uint8Array.from(market.labels.keys(), otherwise) };
    const later = { ...changed, amounts: market.amounts.map((a, row) => (row > cut ? a * 3 + 1 : a)) };
    const again = foldAll(later).values.subarray(cut * table.width, (cut + 1) * table.width);
    expect([...again]).toEqual([...table.values.subarray(cut * table.width, (cut + 1) * table.width)]);
    // and the test could fail: an old label does change a feature of its terminal
    const old = { ...market, labels: market.labels.map(() => 1) };
    expect([...foldAll(old).values.subarray(cut * table.width, (cut + 1) * table.width)]).not.toEqual([...again]);
  });

  it("have no skew: what serving computes from states that were kept as JSON is what training saw, bit by bit", () => {
    const chosen = market.customers[market.count - 1] as number;
    const customers = new Map<number, CustomerState>();
    const terminals = new Map<number, TerminalState>();
    const out = new Float64Array(FEATURES.length);
    const stored = <T>(state: T): T => JSON.parse(JSON.stringify(state)) as T;
    let alike = 0;
    for (let row = 0; row < market.count; row++) {
      const [c, t] = [market.customers[row] as number, market.terminals[row] as number];
      const [customer, terminal] = [customers.get(c) ?? newCustomer(), terminals.get(t) ?? newTerminal()];
      const states = c === chosen ? ([stored(customer), stored(terminal)] as const) : ([customer, terminal] as const);
      const one = { id: row, seconds: market.seconds[row] as number, amount: market.amounts[row] as number };
      foldTransaction(one, states[0], states[1], out);
      for (const { memory } of states) (memory.list.at(-1) as { label: number }).label = market.labels[row] as number;
      customers.set(c, states[0]);
      terminals.set(t, states[1]);
      if (c !== chosen) continue;
      const trained = table.values.subarray(row * table.width, (row + 1) * table.width);
      expect([...Float32Array.from(out)]).toEqual([...trained]);
      alike += 1;
    }
    expect(alike).toBeGreaterThan(3);
  });
});

describe("the protocol", () => {
  it("takes out cards whose fraud is known by the day of the test", () => {
    const start = startOfTraining(market);
    const { train, test } = splitOf(market, start);
    const day = (row: number): number => Math.floor(((market.seconds[row] as number) - start) / SECONDS_A_DAY);
    expect(train.every((row) => day(row) >= 0 && day(row) < 7)).toBe(true);
    expect(test.every((row) => day(row) >= 14 && day(row) < 21)).toBe(true);
    const knownBy = (today: number) =>
      new Set(
        [...market.customers.keys()]
          .filter((row) => market.labels[row] === 1 && day(row) >= 0 && day(row) < Math.max(7, today - 7))
          .map((row) => market.customers[row]),
      );
    expect(test.some((row) => knownBy(day(row)).has(market.customers[row] as number))).toBe(false);
    expect(test.length).toBeGreaterThan(100);
  });

  it("counts a card once a day, and none again that was found", () => {
    const data = told([
      [0, 1, 1],
      [0.1, 1, 0],
      [1, 1, 1],
    ]);
    expect(cardPrecision(data, Int32Array.of(0, 1, 2), [0.1, 0.9, 0.8], 2)).toBe(0.25);
  });

  it("starts where the published figures start when the data has that week", () => {
    const year = told(Array.from({ length: 400 }, (_, i) => [17_600 + i, 1, 0] as const));
    expect(new Date(startOfTraining(year) * 1_000).toISOString().slice(0, 10)).toBe("2018-07-25");
  });
});

describe("files", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "stoa-fraud-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are read as they were written, and features given for them are compared row by row", async () => {
    await writeDays(market, folder);
    const read = await readTransactions(folder);
    expect([read.count, ...read.amounts.subarray(0, 50)]).toEqual([market.count, ...market.amounts.subarray(0, 50)]);
    const given = path.join(folder, "given.txt.csv");
    const name = "CUSTOMER_ID_AVG_AMOUNT_7DAY_WINDOW";
    writeFileSync(given, `TRANSACTION_ID,${name},OTHER\n5,${of(5, name) + 0.25},1\n6,${of(6, name)},1\n-1,0,0\n`);
    const compare = comparing(await readGiven(given));
    foldAll(market, { onRow: (row, features) => compare.see(market.ids[row] as number, features) });
    const { rows, unknown, differences } = compare.done();
    expect({ rows, unknown, names: differences.map((d) => d.name) }).toEqual({ rows: 2, unknown: 1, names: [name] });
    expect([differences[0]?.id, differences[0]?.greatest]).toEqual([5, expect.closeTo(0.25, 4)]);
  });

  it("that are no transactions are named with their line", async () => {
    const file = path.join(folder, "bad.csv");
    writeFileSync(file, "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD\n1,never,1,1,1,0\n");
    await expect(readTransactions(file)).rejects.toThrow(/Line 2 of .*bad\.csv is no transaction/);
  });
});

describe("a model", () => {
  const { train, test } = splitOf(market, startOfTraining(market));
  const rows = rowsOf(table, test, chosenColumns(table, MODEL_FEATURES));
  const rowAt = (i: number): Float32Array => rows.values.slice(i * rows.width, (i + 1) * rows.width);
  let model: FraudModel;
  let again: FraudModel;

  beforeAll(async () => {
    await useBackend();
    model = await trainFraud(labelledRows(table, train, market.labels), 5);
    again = await trainFraud(labelledRows(table, train, market.labels), 5);
  });

  it("is the same, bit by bit, for the same seed, and answers with the same bits when it was kept as JSON", () => {
    expect(JSON.stringify(again)).toBe(JSON.stringify(model));
    const kept = JSON.parse(JSON.stringify(model)) as FraudModel;
    for (let i = 0; i < 50; i++) expect(explainFraud(kept, rowAt(i))).toEqual(explainFraud(model, rowAt(i)));
  });

  it("explains itself: bias, contributions and residual sum to the score", () => {
    for (let i = 0; i < 50; i++) {
      const { bias, contributions, residual, score, probability } = explainFraud(model, rowAt(i));
      expect(contributions.reduce((sum, part) => sum + part, bias) + residual).toBeCloseTo(score, 9);
      expect(probability).toBeCloseTo(1 / (1 + Math.exp(-score)), 12);
      expect(contributions).toHaveLength(MODEL_FEATURES.length);
    }
  });

  it("puts a payment of many times the usual amount above the same payment of the usual amount", () => {
    const [usual, odd] = [rowAt(0), rowAt(0)];
    for (const name of ["amount_to_usual", "amount_deviations"] as const) odd[MODEL_FEATURES.indexOf(name)] = 9;
    odd[MODEL_FEATURES.indexOf("TX_AMOUNT")] = 900;
    expect(blendScore(model, odd)).toBeGreaterThan(blendScore(model, usual));
  });
});
