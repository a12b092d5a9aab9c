/** Everything that opens something: access tokens, refresh tokens, codes, and the keys behind them. */
import { createSecretKey } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { decode, sign } from "jsonwebtoken";
import { createAccessTokens, kidOf } from "../../../../services/kernel/access-token";
import { loadKeyRing, rotateKeys } from "../../../../services/kernel/key-ring";
import { challengeIdOf, codeOf } from "../../../../services/kernel/one-time-code";
import { createPepper } from "../../../../services/kernel/pepper";
import { readRefreshToken, refreshToken } from "../../../../services/kernel/refresh-token";
import { testFolder, type TestFolder } from "../../../support/folder";

const folders: TestFolder[] = [];
const folder = async (): Promise<string> => {
  const made = await testFolder();
  folders.push(made);
  return made.path;
};
afterAll(() => Promise.all(folders.map((one) => one.remove())));

const SECRET = "a secret that is long enough to sign";
const pepper = createPepper(SECRET);
const claims = { accountId: "a1", sessionId: "s1", family: "f1", grants: [{ role: "shopper", party: "a1" }] };

describe("an access token", () => {
  const ring = async () => loadKeyRing({ dataDir: await folder(), secret: SECRET });

  test("names account, session and grants, for ten minutes", async () => {
    const tokens = createAccessTokens(await ring());
    const token = await tokens.issue(claims);
    expect(await tokens.read(token)).toMatchObject(claims);
    const { header, payload } = decode(token, { complete: true }) as {
      header: object;
      payload: Record<string, number>;
    };
    expect(header).toMatchObject({ alg: "HS256", kid: kidOf(token) });
    expect((payload["exp"] ?? 0) - (payload["iat"] ?? 0)).toBe(600);
  });

  test("names its key in the header; what is no token names none", () => {
    const headed = (header: unknown): string => `${Buffer.from(JSON.stringify(header)).toString("base64url")}.e30.x`;
    expect(kidOf(headed({ alg: "HS256", kid: "0123456789ab" }))).toBe("0123456789ab");
    const none = [headed({ alg: "HS256" }), headed({ kid: "../etc" }), headed(null), headed(7), "a.b.c", "noise", ""];
    expect(none.map(kidOf)).toEqual(none.map(() => null));
  });

  test("is refused when it is changed, expired, of another algorithm, key, issuer or audience", async () => {
    const keys = await ring();
    const tokens = createAccessTokens(keys);
    const { kid, key } = await keys.current();
    const good = { algorithm: "HS256", keyid: kid, issuer: "stoa", audience: "stoa-account", subject: "a1" } as const;
    const content = { sid: "s1", fam: "f1", grants: [] };
    const [head = "", body = "", mac = ""] = sign(content, key, good).split(".");
    const stranger = createSecretKey(Buffer.alloc(32, 1));
    expect(await tokens.read([head, body, mac].join("."))).toMatchObject({ accountId: "a1" });
    const wrong = [
      [head, Buffer.from(JSON.stringify({ sub: "admin" })).toString("base64url"), mac].join("."),
      sign(content, key, { ...good, expiresIn: -1 }),
      sign(content, key, { ...good, algorithm: "HS512" }),
      sign(content, "", { ...good, algorithm: "none" }),
      sign(content, stranger, good),
      sign(content, key, { ...good, issuer: "elsewhere" }),
      sign(content, key, { ...good, audience: "stoa-api" }),
      sign(content, key, { ...good, keyid: "0".repeat(12) }),
      "noise",
    ];
    for (const token of wrong) await expect(tokens.read(token)).rejects.toMatchObject({ type: "UNAUTHENTICATED" });
  });
});

describe("the keys that sign", () => {
  test("lie in a file of their own that others cannot read, and are made once", async () => {
    const dataDir = await folder();
    const place = { dataDir, secret: SECRET };
    const rings = await Promise.all([loadKeyRing(place), loadKeyRing(place)]);
    const [one, other] = await Promise.all(rings.map((ring) => ring.current()));
    expect(one?.kid).toBe(other?.kid);
    expect((await stat(path.join(dataDir, "keys", "access.json"))).mode & 0o077).toBe(0);
  });

  test("are rotated without a restart: the new one signs, the old one still checks, and goes in the end", async () => {
    const dataDir = await folder();
    const place = { dataDir, secret: SECRET };
    const clock = { ms: 0 };
    const ring = await loadKeyRing(place, () => clock.ms);
    const tokens = createAccessTokens(ring);
    const old = await tokens.issue(claims);
    const kid = await rotateKeys(place);
    clock.ms += 6_000;
    expect(kidOf(await tokens.issue(claims))).toBe(kid);
    expect(await tokens.read(old)).toMatchObject(claims);
    // another process meets the new key before it has read the file again
    const late = await loadKeyRing(place, () => clock.ms);
    const newest = await rotateKeys(place);
    clock.ms += 1_500;
    expect((await late.find(newest))?.kid).toBe(newest);
    await rotateKeys(place);
    clock.ms += 6_000;
    await ring.current();
    await expect(tokens.read(old)).rejects.toMatchObject({ type: "UNAUTHENTICATED" });
  });
});

describe("the file of the keys that sign", () => {
  const fileOf = (dataDir: string): string => path.join(dataDir, "keys", "access.json");

  test("holds none of them in clear, and is of use to nobody without the mall's secret", async () => {
    const dataDir = await folder();
    const { key } = await (await loadKeyRing({ dataDir, secret: SECRET })).current();
    const bytes = await readFile(fileOf(dataDir), "utf8");
    expect(bytes).not.toContain(key.export().toString("base64url"));
    await expect(loadKeyRing({ dataDir, secret: `${SECRET} or not` })).rejects.toThrow("sealed under another secret");
    const [kept] = (JSON.parse(bytes) as { keys: { kid: string }[] }).keys;
    await writeFile(fileOf(dataDir), JSON.stringify({ keys: [{ ...kept, kid: "0".repeat(12) }] }));
    await expect(loadKeyRing({ dataDir, secret: SECRET })).rejects.toThrow("sealed under another secret");
  });

  test("of earlier days is read, and sealed by the next rotation", async () => {
    const dataDir = await folder();
    const place = { dataDir, secret: SECRET };
    await loadKeyRing(place);
    const plain = Buffer.alloc(32, 7).toString("base64url");
    const old = { kid: "0123456789ab", secret: plain, madeAt: "2026-01-01T00:00:00.000Z" };
    await writeFile(fileOf(dataDir), JSON.stringify({ keys: [old] }));
    expect((await (await loadKeyRing(place)).current()).kid).toBe(old.kid);
    await rotateKeys(place);
    expect(await readFile(fileOf(dataDir), "utf8")).not.toContain(plain);
    const found = await (await loadKeyRing(place)).find(old.kid);
    expect(found?.key.export().toString("base64url")).toBe(plain);
  });
});

describe("what is a MAC", () => {
  test("differs by use, by every part and by where parts end, and by the secret", () => {
    const macs = [
      pepper.mac("use", "a", "b"),
      pepper.mac("other use", "a", "b"),
      pepper.mac("use", "ab", ""),
      pepper.mac("use", "ab"),
      createPepper("another secret that is long enough").mac("use", "a", "b"),
    ];
    expect(new Set(macs).size).toBe(macs.length);
    expect(pepper.isMac(macs[0] ?? "", "use", "a", "b")).toBe(true);
    for (const wrong of ["", "x", macs[1] ?? ""]) expect(pepper.isMac(wrong, "use", "a", "b")).toBe(false);
  });

  test("opens as a code only what it was made for", () => {
    const code = codeOf(pepper, "c1");
    expect(challengeIdOf(pepper, ` ${code}\n`)).toBe("c1");
    for (const wrong of ["", "c1", `c2${code.slice(2)}`, `${code}.x`, code.toUpperCase()]) {
      expect(challengeIdOf(pepper, wrong)).toBeNull();
    }
  });

  test("opens as a refresh token only its session, log-in and generation", () => {
    const token = refreshToken(pepper, { id: "s1", family: "f1", generation: 3 });
    expect(readRefreshToken(pepper, token)).toEqual({ id: "s1", family: "f1", generation: 3 });
    for (const wrong of [
      "",
      token.replace("s1", "s2"),
      token.replace("f1", "f2"),
      token.replace(".3.", ".2."),
      `${token}x`,
    ]) {
      expect(readRefreshToken(pepper, wrong)).toBeNull();
    }
  });
});
