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

describe("the bucket of files", () => {
  const S3_URL = "https://key:a%2Fsecret@s3.example.org/mall/assets/?region=eu-central-1";

  test("is the data folder's unless it is named", () => expect(readConfig(ENV).s3).toBeNull());

  test("is read with its keys", () => {
    const keys = { accessKeyId: "key", secretAccessKey: "a/secret", region: "eu-central-1" };
    expect(readConfig({ ...ENV, S3_URL }).s3).toEqual({ url: "https://s3.example.org/mall/assets", ...keys });
  });

  test.each(["nowhere", "https://s3.example.org/mall", "https://key:hidden-secret@s3.example.org/"])(
    "is refused without a key, a secret or a bucket, and no secret is told: %s",
    (url) => {
      const read = (): unknown => readConfig({ ...ENV, S3_URL: url });
      expect(read).toThrow("S3_URL must be https://KEY:SECRET@host/bucket");
      expect(read).not.toThrow("hidden-secret");
    },
  );
});

describe("the account at Stripe", () => {
  const STRIPE = { STRIPE_SECRET_KEY: "sk_test_hidden", STRIPE_WEBHOOK_SECRET: "whsec_hidden-too" };
  const read = (more: Record<string, string>) => readConfig({ ...ENV, ...more }).stripe;

  test("is none unless it is named", () => expect(readConfig(ENV).stripe).toBeNull());

  test("is read with both secrets, and where it answers", () => {
    const secrets = { secretKey: "sk_test_hidden", webhookSecret: "whsec_hidden-too" };
    expect(read(STRIPE)).toEqual({ ...secrets, url: null });
    const STRIPE_API_URL = "http://127.0.0.1:12111";
    expect(read({ ...STRIPE, STRIPE_API_URL })).toEqual({ ...secrets, url: STRIPE_API_URL });
  });

  test.each([
    [{ STRIPE_SECRET_KEY: "sk_test_hidden" }, "STRIPE_WEBHOOK_SECRET is missing"],
    [{ STRIPE_WEBHOOK_SECRET: "whsec_hidden-too" }, "STRIPE_SECRET_KEY is missing"],
    [{ ...STRIPE, STRIPE_SECRET_KEY: "pk_test_hidden" }, "STRIPE_SECRET_KEY must have the form"],
    [{ ...STRIPE, STRIPE_WEBHOOK_SECRET: "hidden" }, "STRIPE_WEBHOOK_SECRET must have the form"],
    [{ ...STRIPE, STRIPE_API_URL: "http://api.example.org" }, "STRIPE_API_URL must be an https URL"],
    [{ STRIPE_API_URL: "https://api.example.org" }, "STRIPE_SECRET_KEY is missing"],
  ])("is refused, and no secret is told: %#", (env, fault) => {
    expect(() => read(env)).toThrow(fault);
    expect(() => read(env)).not.toThrow("hidden");
  });
});
