import { problemWith } from "../../../../bin/import/check";
import { pricerunner, standInMinor } from "../../../../bin/import/pricerunner.import";
import type { ImportRecord } from "../../../../bin/import/record";
import { stepsOf } from "../../../../bin/import/steps";
import { entriesIn, type ReadEntry } from "../../../support/entries";

const HEADER = "product_id,product_title,vendor_id,cluster_id,cluster_label,category_id,category_label";
const ROWS = [
  "1,lumora lamp steel,1,10,Lumora Lamp,2612,Lamps",
  '2,"lamp, lumora 12""",2,10,Lumora Lamp,2612,Lamps',
  "3,lumora lamp,2,10,Lumora Lamp,2612,Lamps",
  "4,kelda kettle,1,11,Kelda Kettle,2613,Kettles",
];
const file = (...rows: string[]): string => `${[HEADER, ...rows].join("\n")}\n`;

const record = (entry: ReadEntry | undefined): ImportRecord => {
  if (!entry?.parsed.ok) throw new Error("it was not read");
  return entry.parsed.record;
};

it("makes of a cluster one product with an offer per vendor's line", async () => {
  const entries = await entriesIn(pricerunner, file(...ROWS));
  expect(entries.map(({ number, line }) => [number, line])).toEqual([
    [2, 2],
    [5, 5],
  ]);
  const lamp = record(entries[0]);
  expect(lamp.product).toEqual({ title: { en: "Lumora Lamp" }, categoryPath: ["Lamps"], publish: true });
  expect(lamp.offers.map(({ sellerId, sku }) => [sellerId, sku])).toEqual([
    ["vendor-1", "1"],
    ["vendor-2", "2"],
    ["vendor-2", "3"],
  ]);
  expect(record(entries[1]).offers).toHaveLength(1);
  const steps = stepsOf(lamp, { source: "pricerunner", principalId: "admin", channelId: "main" });
  expect(steps.map(problemWith)).toEqual([null, null, null, null, null, null, null]);
});

it("makes up prices that compete and stay the same", async () => {
  const [first, again] = [
    await entriesIn(pricerunner, file(...ROWS)),
    await entriesIn(pricerunner, file(...ROWS), 999),
  ];
  const prices = record(first[0]).offers.map(({ price }) => price.amountMinor);
  expect(new Set(prices).size).toBe(3);
  expect(Math.max(...prices) / Math.min(...prices)).toBeLessThan(1.16);
  expect(again.map(({ parsed }) => parsed)).toEqual(first.map(({ parsed }) => parsed));
  const [row] = [{ cluster_id: "7", product_id: "9" } as Parameters<typeof standInMinor>[0]];
  expect(standInMinor(row)).toBeGreaterThanOrEqual(1_000);
  expect(standInMinor(row)).toBeLessThanOrEqual(115_000);
});

it("reads the published file's header with its blanks", async () => {
  const blanks = HEADER.split(",").map((name) => ` ${name.replace("_", " ")}`);
  const text = file(...ROWS).replace(HEADER, blanks.join(","));
  expect(record((await entriesIn(pricerunner, text))[0]).id).toBe("10");
});

it("reports bad lines with their numbers and reads the rest", async () => {
  const bad = ["5,x,vendor,12,Label,1,C", "6,y,1,,Label,1,C", "7,z,1,13,,1,C", "8,ok,1,14,Fine,1,C"];
  const entries = await entriesIn(pricerunner, file(...ROWS, ...bad));
  const told = entries.map(({ line, parsed }) => (parsed.ok ? [line] : [line, parsed.problem]));
  expect(told).toEqual([
    [2],
    [5],
    [6, 'offer "5" of vendor "vendor": both must be numbers'],
    [7, '"cluster_id" is no number'],
    [8, 'the cluster has no "cluster_label"'],
    [9],
  ]);
});

it("says in a sentence that a file is another one", async () => {
  await expect(entriesIn(pricerunner, "a,b\n1,2\n")).rejects.toThrow("does not name the columns product_id");
  await expect(entriesIn(pricerunner, file('1,"open quote'))).rejects.toThrow("The file is no CSV");
});
