import { asOfText, entryText } from "../../../../bin/history/history-text";
import type { HistoryEntry } from "../../../../models/kernel/history.results";

const entry: HistoryEntry = {
  version: 3,
  command: "offer.reprice",
  events: [{ type: "offer.repriced", data: { amountMinor: 5 } }],
  by: "admin",
  onBehalfOf: null,
  causedBy: null,
  occurredAt: "2026-01-31T12:00:00.000Z",
  committedAt: "2026-01-31T12:00:00.000Z",
  hash: "00",
};

describe("a version for a person", () => {
  it("says which, when, what, who, and what happened", () => {
    expect(entryText(entry)).toBe(
      'v3  2026-01-31T12:00:00.000Z  offer.reprice  by admin\n      offer.repriced {"amountMinor":5}',
    );
  });

  it("says for whom, why and when it happened only where that is something else", () => {
    const more = { onBehalfOf: "shop", causedBy: "order/a@1", occurredAt: "2020-01-01T00:00:00.000Z" };
    expect(entryText({ ...entry, ...more })).toContain(
      "by admin  on behalf of shop  because of order/a@1  happened 2020-01-01T00:00:00.000Z",
    );
  });

  it("cuts what is too long to be read", () => {
    const events = [{ type: "product.created", data: { text: "x".repeat(5_000) } }];
    expect(entryText({ ...entry, events }).length).toBeLessThan(600);
  });

  it("shows the state as it was", () => {
    expect(asOfText({ ...entry, state: { status: "open" } })).toContain('{\n  "status": "open"\n}');
  });
});
