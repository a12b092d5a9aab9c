/** A panel's rows as a spreadsheet takes them. */
import type { PanelRow } from "../../../models/analytics/analytics.panels.contract";
import { csvOf, summed } from "../../../console/admin/panel-csv";

const row = (more: Partial<PanelRow>): PanelRow => ({
  ...{ key: "k", label: null, part: null, figure: 1, records: 1 },
  ...more,
});

it("writes a line a row, and nothing that a spreadsheet would calculate or cut", () => {
  const rows = [
    row({ key: "seller-1", label: 'Lumen, "light"', figure: -250, records: 3 }),
    row({ label: "=1+1" }),
    row({ figure: null }),
  ];
  expect(csvOf({ rows }).split("\r\n")).toEqual([
    "key,label,part,figure,records",
    'seller-1,"Lumen, ""light""",,-250,3',
    "k,'=1+1,,1,1",
    "k,,,,1",
    "",
  ]);
});

it("adds up the parts of a day", () => {
  const rows = [
    row({ key: "mon", part: "a", figure: 2 }),
    row({ key: "mon", part: "b", figure: 3 }),
    row({ key: "tue" }),
  ];
  expect(summed(rows)).toEqual([
    { key: "mon", figure: 5 },
    { key: "tue", figure: 1 },
  ]);
});
