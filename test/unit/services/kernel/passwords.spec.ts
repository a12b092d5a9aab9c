import { createPasswords } from "../../../../services/kernel/passwords";
import { weakness } from "../../../../services/kernel/password-rules";

describe("passwords", () => {
  const passwords = createPasswords();

  test("are kept as argon2id at the declared cost, each under a salt of its own", async () => {
    const [one, other] = await Promise.all([passwords.hash("a lamp between"), passwords.hash("a lamp between")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await passwords.verify(one, "a lamp between")).toBe(true);
    expect(await passwords.verify(one, "a lamp betweeN")).toBe(false);
    expect(passwords.outdated(one)).toBe(false);
    expect(passwords.outdated(one.replace("t=2", "t=1"))).toBe(true);
  });

  test("of nobody are wrong, after a hash all the same", async () => {
    expect(await passwords.verify(null, "nobody has this password")).toBe(false);
  });

  test("wait in a line that ends", async () => {
    const narrow = createPasswords({ concurrencyMax: 1, waitingMax: 1 });
    const asked = await Promise.allSettled([1, 2, 3].map(() => narrow.hash("a lamp between")));
    expect(asked.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(asked[2]).toMatchObject({ reason: { type: "MAILBOX_FULL" } });
    expect(await narrow.hash("a lamp between")).toMatch(/^\$argon2id/);
  });
});

describe("a password", () => {
  test.each([
    "a lamp between two doors",
    "correct horse battery",
    "Tr0ub4dor&3xyz",
    "ünïcödé is fine",
    "🦊🦉🐢🐝🐙🦀🐳🦒🐘🦔🐿🦚",
  ])("may be %j", (password) => expect(weakness(password, ["ada@example.org", "Ada"])).toBeNull());

  test.each([
    ["elevenchars", /at least 12/],
    ["aaaaaaaaaaaaaaab", /same few/],
    ["abcdefghijklmnop", /follows/],
    ["qwertyuiop1234567890", /follows/],
    ["9876543210987654", /follows/],
    ["Password1234!", /well-known/],
    ["lovelace-2024!", /part of the address/],
  ])("may not be %j", (password, why) => expect(weakness(password, ["lovelace@example.org"])).toMatch(why));
});
