import { readConfig } from "../../moleculer.config";

const ENV = {
  MONGODB_URL: "mongodb://127.0.0.1:1",
  ELASTICSEARCH_URL: "http://127.0.0.1:1",
  NATS_URL: "nats://127.0.0.1:1",
  STOA_SECRET: "a secret of the tests, long enough to sign",
};

describe("the proxies that are believed", () => {
  const trusted = (value: string) => readConfig({ ...ENV, STOA_TRUST_PROXY: value }).trustProxy;

  test("are none unless they are named", () => {
    expect(readConfig(ENV).trustProxy).toBeNull();
    expect(trusted("off")).toBeNull();
    expect(trusted("127.0.0.1, 10.0.0.0/8,fd00::/8")).toBe("127.0.0.1,10.0.0.0/8,fd00::/8");
  });

  test.each(["on", "true", "*", "1", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "127.0.0.1,", "proxy.example"])(
    "cannot be %s",
    (value) => expect(() => trusted(value)).toThrow("STOA_TRUST_PROXY"),
  );
});

test("a secret that is too short is refused", () => {
  expect(() => readConfig({ ...ENV, STOA_SECRET: "short" })).toThrow("STOA_SECRET must have at least 32 characters");
});
