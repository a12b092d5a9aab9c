/** Purchase intent on the public visits: five parts drawn with a seed, each judged by what the other four taught. */
import { calibrated, calibrationError } from "../kernel/calibration";
import { LIBRARIES } from "../kernel/card";
import { figuresLine, type Evaluate } from "../kernel/evaluation";
import { areaUnderRoc } from "../kernel/metrics";
import { readTable } from "../kernel/table";
import { crossScores, INTENT_FEATURES, intentFeatures, MONTHS, trainIntent, type Visit } from "./model";

const PUBLISHED = { AUC: 0.937 };
const NUMBERS = [
  "Administrative",
  "Administrative_Duration",
  "Informational",
  "Informational_Duration",
  "ProductRelated",
  "ProductRelated_Duration",
  "BounceRates",
  "ExitRates",
  "PageValues",
  "SpecialDay",
  "TrafficType",
] as const;
const WORDS = ["Month", "VisitorType", "Weekend", "Revenue"] as const;

type Row = Record<(typeof NUMBERS)[number] | (typeof WORDS)[number], string>;

const visitOf = (row: Row): Visit => ({
  ...(Object.fromEntries(NUMBERS.map((name) => [name, Number(row[name])])) as Record<(typeof NUMBERS)[number], number>),
  Month: MONTHS.findIndex((month) => row.Month.startsWith(month.slice(0, 3))),
  Returning: row.VisitorType === "Returning_Visitor" ? 1 : 0,
  Weekend: row.Weekend === "TRUE" ? 1 : 0,
});

export const evaluate: Evaluate = async (files, { seed, told }) => {
  const file = files[0] ?? "";
  const table = await readTable(file, [...NUMBERS, ...WORDS]);
  const rows = table.map((row) => intentFeatures(visitOf(row)));
  const labels = Uint8Array.from(table, (row) => (row.Revenue === "TRUE" ? 1 : 0));
  told(`${rows.length} visits, five parts`);
  const scores = crossScores(rows, labels, seed);
  const model = trainIntent(rows, labels, seed, scores);
  const error = calibrationError(
    labels,
    scores.map((score) => calibrated(model.calibration, score)),
  );
  const metrics = { AUC: areaUnderRoc(labels, scores), "calibration-error": error };
  // the one number that the shop's own analytics give
  const pageValue = rows.map((row) => row[INTENT_FEATURES.indexOf("page_value")] as number);
  const baseline = { AUC: areaUnderRoc(labels, pageValue) };
  const lines = [figuresLine("baseline-page-value", baseline), figuresLine("intent", metrics)];
  const card = { model: "intent", data: file, rows: rows.length, features: INTENT_FEATURES, metrics, baseline };
  return { lines, model, card: { ...card, published: PUBLISHED, seed, libraries: LIBRARIES } };
};
