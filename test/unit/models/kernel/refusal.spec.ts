import { isRefusal, kernelRefusals, Refusal, refuser } from "../../../../models/kernel/refusal";
import { refusals } from "../../../../models/refusals";

describe("a refusal", () => {
  it("carries type, status, words and data, and is not worth a retry", () => {
    const refuse = refuser({ SHOP_SHUT: 409 });
    expect(() => refuse("SHOP_SHUT", "Come back tomorrow.", { at: 9 })).toThrow(
      expect.objectContaining({
        type: "SHOP_SHUT",
        code: 409,
        message: "Come back tomorrow.",
        data: { at: 9 },
      }) as Error,
    );
    expect(new Refusal("SHOP_SHUT", 409, "No.").retryable).toBe(false);
  });

  it("is known by its type, also after it has crossed the wire as a plain object", () => {
    const arrived: unknown = JSON.parse(JSON.stringify(new Refusal("SHOP_SHUT", 409, "No.")));
    expect(isRefusal(arrived)).toBe(true);
    expect(isRefusal(arrived, "SHOP_SHUT")).toBe(true);
    expect(isRefusal(arrived, "SHOP_OPEN")).toBe(false);
  });

  it.each([
    new Error("x"),
    null,
    "SHOP_SHUT",
    { type: "SHOP_SHUT" },
    { type: "SHOP_SHUT", code: 200 },
    { type: "SHOP_SHUT", code: 600 },
    { type: "SHOP_SHUT", code: "409" },
    { type: "ServiceNotFoundError", code: 404 },
  ])("is not %p", (error) => {
    expect(isRefusal(error)).toBe(false);
  });

  it("of the mall's list has a name in capitals and a status of its kind; the kernel's are among them", () => {
    for (const [type, status] of Object.entries(refusals)) {
      expect(type).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect([400, 401, 402, 403, 404, 409, 410, 412, 413, 422, 429, 503]).toContain(status);
    }
    expect(refusals).toMatchObject(kernelRefusals);
  });
});
