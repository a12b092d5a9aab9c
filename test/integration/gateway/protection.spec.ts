/** What keeps callers from each other, browsers from harm, and secrets from the log. */
import { tmpdir } from "node:os";
import { openDoor, SECRET, type Door, type DoorOptions } from "./door";

const doors: Door[] = [];
const open = async (options: DoorOptions = {}): Promise<Door> => {
  const door = await openDoor(options);
  doors.push(door);
  return door;
};
afterEach(async () => {
  await Promise.all(doors.splice(0).map((door) => door.stop()));
});

const behind = (trustProxy: string | null) => ({
  host: "127.0.0.1",
  port: 0,
  secret: SECRET,
  redisUrl: null,
  dataDir: tmpdir(),
  trustProxy,
});

const send = (door: Door, path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${door.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const register = (door: Door, forwarded: string) =>
  send(
    door,
    "/v1/accounts",
    { email: "a@example.org", password: "a lamp between two doors" },
    { "x-forwarded-for": forwarded },
  );

describe("the address of a caller", () => {
  test("is what a trusted proxy says, and not what the caller told the proxy", async () => {
    const door = await open({ config: behind("127.0.0.1") });
    expect((await register(door, "198.51.100.1, 203.0.113.7")).status).toBe(200);
    expect(door.last().meta.address).toBe("203.0.113.7");
  });

  test.each([[null], ["10.0.0.0/8"]])("is who connects where only %s is trusted", async (trustProxy) => {
    const door = await open({ config: behind(trustProxy) });
    expect((await register(door, "203.0.113.7")).status).toBe(200);
    expect(door.last().meta.address).toBe("127.0.0.1");
  });

  const limited = async (door: Door, addresses: readonly string[]) => {
    const responses = await Promise.all(
      addresses.map((address) => fetch(`${door.url}/v1/products/p-1`, { headers: { "x-forwarded-for": address } })),
    );
    return responses.filter(({ status }) => status === 429).length;
  };

  test("behind a proxy is limited by itself, and counts by its network of IPv6", async () => {
    const door = await open({ config: behind("127.0.0.1"), requestsPerSecondMax: 10 });
    const many = Array.from({ length: 40 }, (_, i) => `203.0.113.${i}`);
    expect(await limited(door, many)).toBe(0);
    const oneLine = Array.from({ length: 40 }, (_, i) => `2001:db8:1:2::${i.toString(16)}`);
    expect(await limited(door, oneLine)).toBeGreaterThan(5);
  });

  test("that is made up does not escape the limit", async () => {
    const door = await open({ config: behind(null), requestsPerSecondMax: 10 });
    const madeUp = Array.from({ length: 40 }, (_, i) => `203.0.113.${i}`);
    expect(await limited(door, madeUp)).toBeGreaterThan(5);
  });
});

test("every answer carries what keeps a browser from harm, and none says what serves it", async () => {
  const door = await open();
  for (const path of ["/", "/v1/products/p-1", "/openapi.json", "/nowhere"]) {
    const { headers } = await fetch(`${door.url}${path}`);
    const csp = headers.get("content-security-policy") ?? "";
    for (const part of ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect([path, csp]).toEqual([path, expect.stringContaining(part)]);
    }
    expect([path, headers.get("x-content-type-options")]).toEqual([path, "nosniff"]);
    expect([path, headers.get("referrer-policy")]).toEqual([path, "no-referrer"]);
    expect([path, headers.get("x-frame-options")]).toEqual([path, "SAMEORIGIN"]);
    expect([path, headers.get("x-powered-by"), headers.get("server")]).toEqual([path, null, null]);
    expect([path, headers.get("access-control-allow-origin")]).toEqual([path, null]);
  }
});

test("answers of the API are kept by no cache, refusals neither", async () => {
  const door = await open();
  for (const path of ["/v1/products/p-1", "/v1/me", "/v1/nowhere"]) {
    expect([path, (await fetch(`${door.url}${path}`)).headers.get("cache-control")]).toEqual([path, "no-store"]);
  }
});

test("a failure that nobody expected is logged without what was sent, and answered without what it was", async () => {
  const door = await open({
    answer: () => {
      throw new Error("inside the mall");
    },
  });
  const password = "never to be written down";
  const token = door.admin["authorization"] ?? "";
  const answer = await send(door, "/v1/sessions", { email: "ada@example.org", password }, door.admin);
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain("inside the mall");
  const log = door.logged.join("");
  expect(log).toContain("A request failed unexpectedly");
  for (const secret of [password, "ada@example.org", token.replace("Bearer ", "")]) expect(log).not.toContain(secret);
});
