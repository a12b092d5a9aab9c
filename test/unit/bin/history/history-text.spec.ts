import { asOfText, diffText, entryText, proofText } from "../../../../bin/history/history-text";
import type { HistoryEntry, HistoryProof } from "../../../../models/kernel/history.results";

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

const change = {
  field: "brand",
  was: "Stoa",
  is: "Other",
  version: 2,
  command: "product.revise",
  by: "admin",
  occurredAt: "2026-01-31T12:00:00.000Z",
  committedAt: "2026-01-31T12:00:00.000Z",
};

describe("a difference for a person", () => {
  it("says of each field what was, what is, and who changed it when and how", () => {
    const { was: _was, ...added } = change;
    const text = diffText({ from: 1, to: 3, patch: [], changes: [change, { ...added, field: "media", is: [] }] });
    expect(text.split("\n")).toEqual([
      "v1 → v3",
      '  brand: "Stoa" → "Other"',
      "      v2  2026-01-31T12:00:00.000Z  product.revise  by admin",
      "  media: (nothing) → []",
      "      v2  2026-01-31T12:00:00.000Z  product.revise  by admin",
    ]);
    expect(diffText({ from: 1, to: 3, patch: [], changes: [] })).toBe("v1 and v3 say the same.");
  });
});

describe("a proof for a person", () => {
  const page: HistoryProof = { ok: true, rows: 3, head: null, findings: [], inclusion: null, next: null };

  it("adds up its pages, and says when nobody vouches for it", () => {
    expect(proofText([page, page])).toMatch(/^6 versions follow from each other, hash by hash. No checkpoint/);
  });

  it("says each fault once", () => {
    const faulty = { ...page, ok: false, findings: [{ kind: "row-changed", text: "a@1 was changed." }] };
    expect(proofText([faulty, faulty])).toBe("This history is NOT as it was written:\n  - a@1 was changed.");
  });
});

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
