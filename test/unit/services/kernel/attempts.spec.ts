import {
  attempt,
  deviceOf,
  deviceToken,
  LOGIN_LIMITS,
  loginAttempts,
  networkOf,
} from "../../../../services/kernel/attempts";
import { createPepper } from "../../../../services/kernel/pepper";
import { memoryThrottle } from "../../../../services/kernel/throttle";

const pepper = createPepper("a secret that is long enough to sign");
const { source, strangers, network } = LOGIN_LIMITS;

const clock = { ms: 0 };
const throttle = () => memoryThrottle(() => clock.ms);
const tryFrom = (
  counts: ReturnType<typeof throttle>,
  address: string,
  accountKey = "a",
  device: string | null = null,
) => attempt(counts, loginAttempts({ accountKey, device, address }));
const refused = { type: "ATTEMPTS_EXCEEDED", code: 429 };

async function failures(
  counts: ReturnType<typeof throttle>,
  count: number,
  from: (i: number) => string,
): Promise<void> {
  for (let i = 0; i < count; i++) await tryFrom(counts, from(i)).catch(() => undefined);
}

describe("failed log-ins", () => {
  test("are counted per account and source: what one source uses up is not taken from another", async () => {
    const counts = throttle();
    await failures(counts, source.max, () => "192.0.2.1");
    await expect(tryFrom(counts, "192.0.2.1")).rejects.toMatchObject(refused);
    await expect(tryFrom(counts, "192.0.2.2")).resolves.toBeUndefined();
    await expect(tryFrom(counts, "192.0.2.1", "b")).resolves.toBeUndefined();
  });

  test("from everywhere keep strangers out of an account, and never a device that logged in before", async () => {
    const counts = throttle();
    await failures(counts, strangers.max, (i) => `192.0.2.${i}`);
    await expect(tryFrom(counts, "198.51.100.1")).rejects.toMatchObject(refused);
    await expect(tryFrom(counts, "198.51.100.1", "a", "my-device")).resolves.toBeUndefined();
  });

  test("on many accounts keep a network out, but not the devices in it", async () => {
    const counts = throttle();
    for (let i = 0; i < network.max; i++) await tryFrom(counts, "192.0.2.1", `account-${i}`);
    await expect(tryFrom(counts, "192.0.2.1", "one-more")).rejects.toMatchObject(refused);
    await expect(tryFrom(counts, "192.0.2.1", "one-more", "my-device")).resolves.toBeUndefined();
  });

  test("are forgotten when their time is over, which the refusal tells", async () => {
    const counts = throttle();
    await failures(counts, source.max, () => "192.0.2.1");
    const told = { ...refused, data: { retryAfterSeconds: source.windowMs / 1_000 } };
    await expect(tryFrom(counts, "192.0.2.1")).rejects.toMatchObject(told);
    clock.ms += source.windowMs;
    await expect(tryFrom(counts, "192.0.2.1")).resolves.toBeUndefined();
  });
});

test("a device is known to the account that it logged in to, and to no other", () => {
  const token = deviceToken(pepper, "account-1", "d1");
  expect(deviceOf(pepper, "account-1", token)).toBe("d1");
  expect(deviceOf(pepper, "account-2", token)).toBeNull();
  for (const wrong of [undefined, "", "d1", "d1.", token.replace("d1", "d2"), `${token}x`]) {
    expect(deviceOf(pepper, "account-1", wrong)).toBeNull();
  }
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:DB8::6", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
  [undefined, "unknown"],
])("the network of %s is %s", (address, wanted) => expect(networkOf(address)).toBe(wanted));
