import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { Registry } from "prom-client";
import { Refusal } from "../../../models/kernel/refusal";
import type { HealthReport } from "../../../services/gateway/health";
import { openDoor, plainAnswer, SECRET, type Door, type DoorOptions } from "./door";

const doors: Door[] = [];
const open = async (options: DoorOptions = {}): Promise<Door> => {
  const door = await openDoor(options);
  doors.push(door);
  return door;
};
afterAll(() => Promise.all(doors.map((door) => door.stop())));

const productOf = (door: Door) => fetch(`${door.url}/v1/products/p-1`);

describe("what goes wrong behind the door", () => {
  const failing = async (error: unknown) => {
    const door = await open({
      answer: () => {
        throw error;
      },
    });
    const response = await productOf(door);
    return { door, response, problem: (await response.json()) as Record<string, unknown> };
  };

  test("a refusal keeps its type, status, words and data", async () => {
    const { response, problem } = await failing(
      new Refusal("NOT_FOUND", 404, "There is no such product.", { id: "p-1" }),
    );
    expect(response.status).toBe(404);
    expect(problem).toMatchObject({
      type: "urn:stoa:refusal:NOT_FOUND",
      title: "Not found",
      status: 404,
      detail: "There is no such product.",
      id: "p-1",
    });
  });

  test("a refusal that says to come again tells when", async () => {
    const { response } = await failing(new Refusal("READ_BEHIND", 503, "Search is 3 versions behind.", { behind: 3 }));
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
  });

  test("an error is a 500 with an id and no text; what happened stands in the log under that id", async () => {
    const { door, response, problem } = await failing(new Error("password is hunter2"));
    expect(response.status).toBe(500);
    expect(JSON.stringify(problem)).not.toContain("hunter2");
    expect(door.logged).toHaveLength(1);
    const line = JSON.parse(door.logged[0] ?? "") as Record<string, unknown>;
    expect(line).toMatchObject({ requestId: problem["requestId"], err: { message: "password is hunter2" } });
  });

  test("an error that only looks like a refusal is a 500, too", async () => {
    const { response } = await failing(Object.assign(new Error("inside"), { type: "DB_BROKEN", code: 500 }));
    expect(response.status).toBe(500);
  });

  test("a service that is not there is 503, one that takes too long 504", async () => {
    const door = await open({ answer: () => new Promise(() => undefined) });
    door.broker.options.requestTimeout = 50;
    const slow = await productOf(door);
    expect([slow.status, await slow.json()]).toMatchObject([504, { type: "urn:stoa:refusal:SERVICE_TIMEOUT" }]);
    await door.broker.destroyService("product");
    const gone = await productOf(door);
    expect([gone.status, await gone.json()]).toMatchObject([503, { type: "urn:stoa:refusal:SERVICE_UNAVAILABLE" }]);
  });
});

test("more requests in a second than one address may make are 429, except for the admin", async () => {
  const door = await open({ requestsPerSecondMax: 5 });
  const statuses = async (headers: Record<string, string>) => {
    const responses = await Promise.all(
      Array.from({ length: 20 }, () => fetch(`${door.url}/v1/products/p-1`, { headers })),
    );
    return responses.map(({ status }) => status);
  };
  expect(new Set(await statuses(door.admin))).toEqual(new Set([200]));
  const limited = await statuses({});
  expect(limited.filter((status) => status === 429).length).toBeGreaterThanOrEqual(5);
  const nowhere = await Promise.all(Array.from({ length: 20 }, () => fetch(`${door.url}/nowhere`)));
  const refused = nowhere.find(({ status }) => status === 429);
  expect(refused?.headers.get("retry-after")).toBe("1");
  expect(await refused?.json()).toMatchObject({ type: "urn:stoa:refusal:RATE_LIMITED", status: 429 });
});

test("a Redis that does not answer limits nobody, and is told in the log", async () => {
  const config = { host: "127.0.0.1", port: 0, secret: SECRET, redisUrl: "redis://127.0.0.1:1", dataDir: tmpdir() };
  const door = await open({ config });
  expect((await productOf(door)).status).toBe(200);
  expect(door.logged.join()).toContain("Redis does not answer");
});

describe("health", () => {
  const ready = async (health: () => Promise<HealthReport>) => {
    const { url } = await open({ health });
    const response = await fetch(`${url}/health/ready`);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    return { status: response.status, body: (await response.json()) as { reasons: string[] } };
  };

  test("is ready when every check is", async () => {
    const answer = await ready(() => Promise.resolve({ checks: [{ name: "nats", ok: true, detail: "connected" }] }));
    expect(answer).toMatchObject({ status: 200, body: { status: "ready", reasons: [] } });
  });

  test("is 503 with the reason while something is missing, or cannot be asked", async () => {
    const down = { name: "mongodb", ok: false, detail: "does not answer" };
    const missing = await ready(() => Promise.resolve({ checks: [down] }));
    expect(missing).toMatchObject({ status: 503, body: { reasons: ["mongodb: does not answer"] } });
    const broken = await ready(() => Promise.reject(new Error("no checks")));
    expect(broken.status).toBe(503);
    expect(broken.body.reasons[0]).toContain("no checks");
  });
});

test("metrics tell how long requests took, by route and not by path", async () => {
  const metrics = new Registry();
  const { url } = await open({ metrics });
  await fetch(`${url}/v1/products/p-1`);
  await fetch(`${url}/v1/nowhere/p-1`);
  const text = await (await fetch(`${url}/metrics`)).text();
  expect(text).toContain('stoa_http_request_seconds_count{method="GET",route="/v1/products/:id",status="200"} 1');
  expect(text).toContain('route="unmatched",status="404"');
  expect(text).not.toContain("p-1");
});

describe("pages", () => {
  const filesOf = (html: string): string[] =>
    [...html.matchAll(/(?:src|href)="([^"#]+\.(?:js|css))"/g)].map(([, link]) => link ?? "");

  test("the console and the API page load nothing from elsewhere", async () => {
    const { url } = await open();
    for (const path of ["/", "/search", "/product/p-1", "/seller/orders", "/admin/time/offer/o-1", "/docs", "/docs/"]) {
      const response = await fetch(`${url}${path}`);
      expect([path, response.status, response.headers.get("content-type")]).toEqual([
        path,
        200,
        "text/html; charset=utf-8",
      ]);
      expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
      const files = filesOf(await response.text());
      expect(files.length).toBeGreaterThan(1);
      expect(files.filter((link) => /^(https?:)?\/\//.test(link))).toEqual([]);
      for (const file of files) expect([file, (await fetch(`${url}${file}`)).status]).toEqual([file, 200]);
    }
  });

  test("a page is asked for anew, its files for good; both compressed for whoever understands it", async () => {
    const { url } = await open();
    const asked = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers });
    const page = await asked("/", { "accept-encoding": "gzip;q=0, br" });
    expect(page.headers.get("content-encoding")).toBe("br");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const etag = page.headers.get("etag") ?? "";
    expect((await asked("/", { "accept-encoding": "br", "if-none-match": etag })).status).toBe(304);
    const [script = ""] = filesOf(await page.text());
    const kept = await asked(script, { "accept-encoding": "gzip" });
    expect(kept.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect([kept.headers.get("content-encoding"), kept.headers.get("vary")]).toEqual(["gzip", "accept-encoding"]);
    expect((await asked(script, { "accept-encoding": "identity" })).headers.get("content-encoding")).toBeNull();
  });

  test.each(["/../package.json", "/docs/%2e%2e/console/index.html", "/console/", "/console/index.html", "/%00"])(
    "%s leads nowhere",
    async (path) => {
      const { url } = doors.at(-1) ?? (await open());
      expect([400, 404]).toContain((await fetch(`${url}${path}`)).status);
    },
  );
});

describe("opening and closing", () => {
  const config = (port: number, host = "127.0.0.1") => ({
    host,
    port,
    secret: SECRET,
    redisUrl: null,
    dataDir: tmpdir(),
  });

  test("a busy port is told with what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    await expect(openDoor({ config: config(port) })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use by another program: stop that one, or choose another port`,
    );
    other.close();
  });

  test("an address of another machine is told, too", async () => {
    await expect(openDoor({ config: config(0, "192.0.2.1") })).rejects.toThrow(
      "192.0.2.1 is no address of this machine",
    );
  });

  test("a request under way is answered before the door closes, and later ones are not taken", async () => {
    let arrived: () => void = () => undefined;
    let leave: () => void = () => undefined;
    const there = new Promise<void>((resolve) => (arrived = resolve));
    const gate = new Promise<void>((resolve) => (leave = resolve));
    const door = await openDoor({
      answer: async (...given) => {
        arrived();
        await gate;
        return plainAnswer(...given);
      },
    });
    const answer = productOf(door);
    await there;
    const stopped = door.stop();
    leave();
    expect((await answer).status).toBe(200);
    await stopped;
    await expect(productOf(door)).rejects.toThrow();
  });
});
