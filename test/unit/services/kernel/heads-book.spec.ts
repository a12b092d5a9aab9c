import { pino } from "pino";
import { createHeadsBook } from "../../../../services/kernel/heads-book";
import type { Row } from "../../../../models/kernel/row";

interface State {
  readonly status: string;
}

/** A history that counts how often it is asked. */
function shelf() {
  const rows: Row[] = [];
  const asked = { counts: 0, scans: 0 };
  const histories = {
    aggregate: "tax",
    count: () => {
      asked.counts += 1;
      return Promise.resolve(rows.length);
    },
    scan: (after: string, limit: number) => {
      asked.scans += 1;
      return Promise.resolve(rows.filter(({ _id }) => _id > after).slice(0, limit));
    },
  };
  const write = (aggregateId: string, version: number, status: string): void => {
    rows.push({ _id: `${aggregateId}@${version}`, aggregateId, version, state: { status } } as Row);
  };
  const time = { now: 0 };
  const node = { histories: () => histories as never, log: pino({ level: "silent" }) };
  const book = createHeadsBook<State>(node, { aggregate: "tax", thingsMax: 3, now: () => time.now });
  const told = async (ask = {}) =>
    Object.fromEntries([...(await book(ask))].map(([id, { state }]) => [id, state.status]));
  return { asked, write, time, told };
}

it("knows the newest of each, and asks again only when its knowledge is old and something was added", async () => {
  const { asked, write, time, told } = shelf();
  write("de", 1, "first");
  write("de", 2, "second");
  expect(await told()).toEqual({ de: "second" });
  write("at", 1, "new");
  expect(await told()).toEqual({ de: "second" });
  expect(asked).toEqual({ counts: 1, scans: 1 });
  time.now = 2_000;
  expect(await told()).toEqual({ de: "second", at: "new" });
  time.now = 4_000;
  await told();
  expect(asked).toEqual({ counts: 3, scans: 2 });
});

it("looks at once for what the caller wrote, and for what must be there", async () => {
  const { write, told } = shelf();
  expect(await told()).toEqual({});
  write("de", 1, "first");
  expect(await told({ after: [{ source: "tax/de", version: 1, targets: [] }] })).toEqual({ de: "first" });
  write("at", 1, "new");
  expect(await told({ after: [{ source: "offer/at", version: 1, targets: [] }] })).toEqual({ de: "first" });
  expect(await told({ wanted: ["at"] })).toEqual({ de: "first", at: "new" });
});

it("is for few: more than it may hold is an error, and not silence", async () => {
  const { write, told } = shelf();
  for (const id of ["a", "b", "c", "d"]) write(id, 1, "there");
  await expect(told()).rejects.toThrow("There are more than 3 of tax");
});

it("does not take a look that began before a write for one that has seen it", async () => {
  const { asked, write, told } = shelf();
  await told();
  write("at", 1, "new");
  const { scans } = asked;
  const early = told({ wanted: ["at"] });
  while (asked.scans === scans) await Promise.resolve();
  write("de", 1, "first");
  expect(await told({ after: [{ source: "tax/de", version: 1, targets: [] }] })).toEqual({ at: "new", de: "first" });
  await early;
});
