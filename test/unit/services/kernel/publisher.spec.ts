import { faultOf } from "../../../../services/kernel/publisher";

const answer = (told: string): Parameters<typeof faultOf>[0] => ({ data: Buffer.from(told) });

describe("what the stream answers to a message", () => {
  it("is an acknowledgement, also for one that it had before", () => {
    expect(faultOf(answer('{"stream":"mall-COMMITS","seq":7}'))).toBeNull();
    expect(faultOf(answer('{"stream":"mall-COMMITS","seq":7,"duplicate":true}'))).toBeNull();
  });

  it("is a fault with its reason, whatever stands before it", () => {
    const told =
      '{"stream":"mall-COMMITS","error":{"code":503,"err_code":10077,"description":"maximum bytes exceeded"}}';
    const fault = faultOf(answer(told));
    expect(fault).toMatchObject({ code: "503", api_error: { description: "maximum bytes exceeded" } });
  });
});
