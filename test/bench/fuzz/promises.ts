/** What a run of the fuzz has to show, and how it is shown. */
import type { Answer } from "../report";
import type { FuzzReport } from "./fuzz";

const VALID_SHARE_MIN = 0.4;
const PROMISED = { requests: 20_000, successes: 50 } as const;

/** How often each route has to be answered with 2xx: fifty times in the whole run, fewer in a smaller one. */
export const leastFor = (requests: number): number =>
  Math.floor((Math.min(requests, PROMISED.requests) * PROMISED.successes) / PROMISED.requests);

/** What was promised and did not hold, in sentences. */
export function brokenPromises({ asked, valid, routes, findings, stuck }: FuzzReport, least: number): string[] {
  const share = valid / asked;
  const short = [...routes].filter(([, count]) => count.valid < least);
  return [
    ...findings.map(({ kind, route, person, detail }) => `${kind}: ${route} by ${person}: ${detail}`),
    ...(share < VALID_SHARE_MIN ? [`only ${(share * 100).toFixed(1)} % of the requests were valid`] : []),
    ...short.map(([name, count]) => {
      const why = stuck.get(name) ?? count.refusal;
      return `${name} answered well ${count.valid} times, not ${least}${why === undefined ? "" : ` (${why})`}`;
    }),
  ];
}

/** A whole run, as it is kept. */
export function answersOf({ asked, valid, routes, findings }: FuzzReport): Answer[] {
  const [name, fewest] = [...routes].reduce((least, one) => (one[1].valid < least[1].valid ? one : least));
  const share = Math.round((valid / asked) * 1_000) / 10;
  const detail = { asked, answeredWell: valid };
  return [
    {
      question: "answers that break a promise: 5xx, none, undeclared, another's",
      value: findings.length,
      unit: "",
      goal: { atMost: 0 },
    },
    { question: "requests that are valid", value: share, unit: "%", goal: { atLeast: VALID_SHARE_MIN * 100 }, detail },
    { question: "routes of the OpenAPI document that were asked", value: routes.size, unit: "" },
    {
      question: "2xx of the route with the fewest",
      ...{ value: fewest.valid, unit: "", goal: { atLeast: PROMISED.successes }, detail: { route: name, ...fewest } },
    },
  ];
}

export const isWhole = (requests: number): boolean => requests >= PROMISED.requests;

const cells = (values: readonly (string | number)[]): string =>
  values.map((value, i) => (i === 0 ? String(value).padEnd(26) : String(value).padStart(8))).join("");

/** A line for each route, those with the fewest successes first. */
export function tableOf({ routes }: FuzzReport): string {
  const rows = [...routes].toSorted(([, one], [, other]) => one.valid - other.valid);
  const lines = rows.map(([name, { asked, valid, refused, failed, tookMs }]) =>
    cells([name, asked, valid, refused, failed, Math.round(tookMs / Math.max(1, asked)), Math.round(tookMs / 1000)]),
  );
  return [cells(["route", "asked", "2xx", "4xx", "5xx", "ms each", "s"]), ...lines].join("\n");
}
