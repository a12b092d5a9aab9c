import { clamdPlaceOf, clamdScan, verdictOf } from "../../../services/kernel/clamd";
import { createSearched } from "../../../services/gateway/searched";
import { EICAR, STREAM_BYTES_MAX, startClamd, type TestClamd } from "../../support/clamd";

let clamd: TestClamd;
beforeAll(async () => {
  clamd = await startClamd();
});
afterAll(() => clamd.stop());

const log = { warn: jest.fn() };

describe("a file that was uploaded", () => {
  test("is kept when the scanner finds nothing, and refused when it finds something, or does not answer", async () => {
    const searched = createSearched(clamdScan(clamdPlaceOf(clamd.url)), log);
    const large = Buffer.alloc(3 * 65_536 + 7, 1);
    await searched(large);
    expect(clamd.searched).toEqual([large.length]);
    const hidden = Buffer.concat([large, EICAR]);
    await expect(searched(hidden)).rejects.toMatchObject({ type: "FILE_INFECTED", code: 422 });
    await expect(searched(hidden)).rejects.toThrow("Eicar-Signature");
    await expect(searched(Buffer.alloc(STREAM_BYTES_MAX))).rejects.toMatchObject({ type: "SERVICE_UNAVAILABLE" });
    const nobody = createSearched(clamdScan({ host: "127.0.0.1", port: 1 }), log);
    await expect(nobody(large)).rejects.toMatchObject({ type: "SERVICE_UNAVAILABLE", code: 503 });
    expect(log.warn).toHaveBeenCalledTimes(2);
  });

  test("is searched by nobody where there is no scanner", async () => {
    await expect(createSearched(null, log)(EICAR)).resolves.toBeUndefined();
  });
});

test("only an answer that says so is a clean bill of health", () => {
  expect(verdictOf("stream: OK\0")).toBeNull();
  expect(verdictOf("stream: Win.Test.EICAR_HDB-1 FOUND\0")).toBe("Win.Test.EICAR_HDB-1");
  for (const answer of ["", "OK", "stream: OKAY\0", "INSTREAM size limit exceeded. ERROR\0"]) {
    expect(() => verdictOf(answer)).toThrow("the scanner says");
  }
});

test.each(["tcp://scanner:3310", "tcp://[::1]:3310", "tcp://10.0.0.1:1"])("%s is an address", (url) => {
  expect(clamdPlaceOf(url).port).toBeGreaterThan(0);
});

test.each(["http://scanner:3310", "tcp://scanner", "tcp://scanner:99999", "tcp://a b:1", ""])("%j is none", (url) => {
  expect(() => clamdPlaceOf(url)).toThrow("tcp://host:port");
});
