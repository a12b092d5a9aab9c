import { verificationText } from "../../../../bin/verify/verification-text";
import type { Checkpoint } from "../../../../models/kernel/checkpoint";

const checkpoint = { seq: 7, takenAt: "2026-01-31T12:00:00.000Z", heads: 1_200 } as Checkpoint;

describe("what a verification found", () => {
  it("is that all is as it was written, and against what", () => {
    expect(verificationText({ findings: [], histories: 1_234, checkpoint })).toBe(
      "1,234 histories are as they were written, row by row; " +
        "their heads agree with checkpoint 7 of 2026-01-31T12:00:00.000Z (1,200 histories).",
    );
  });

  it("says what it cannot know without a checkpoint", () => {
    const text = verificationText({ findings: [], histories: 1, checkpoint: null });
    expect(text).toContain("newest rows could have been cut off: write one with `stoa checkpoint`");
  });

  it("names every finding, and says when there may be more", () => {
    const finding = { kind: "row-changed", aggregate: "product", id: "a", version: 3 } as const;
    const few = verificationText({ findings: [finding], histories: 2, checkpoint });
    expect(few).toContain("2 histories were read; 1 things are NOT as they were written:\n  - product/a@3 was changed");
    expect(few).not.toContain("there may be more");
    const many = verificationText({ findings: Array.from({ length: 1_000 }, () => finding), histories: 2, checkpoint });
    expect(many).toContain("These are the first 1,000; there may be more.");
  });
});
