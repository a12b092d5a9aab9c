import { createServer, type AddressInfo } from "node:net";
import { readReady, readyLine } from "../../../../bin/start/child-node";
import { createClosers } from "../../../../bin/start/closers";
import { nodeEnv } from "../../../../bin/start/node-env";
import { isOneTooMany } from "../../../../bin/start/nodes";
import { checkPort } from "../../../../bin/start/port";
import { linesToTry, welcome } from "../../../../bin/start/welcome";
import { healthText } from "../../../../bin/status/health-text";
import { sentenceOf } from "../../../../bin/terminal/sentence";
import { readConfig } from "../../../../moleculer.config";

describe("nodeEnv", () => {
  const urls = { mongodbUrl: "mongodb://m", elasticsearchUrl: "http://e", natsUrl: "nats://n", redisUrl: null };
  const plan = { nodes: 3, port: 8080, dataDir: "d", secret: "s".repeat(40), urls };

  it("gives the first node the gateway and its port", () => {
    const first = readConfig(nodeEnv({}, { ...plan, number: 1 }));
    const second = readConfig(nodeEnv({}, { ...plan, number: 2 }));
    expect(first).toMatchObject({ gateway: true, port: 8080, nodeId: "node-1", nodes: 3 });
    expect(second).toMatchObject({ gateway: false, nodeId: "node-2" });
  });

  it("gives every node a gateway where Redis shares what they count", () => {
    const shared = { ...plan, urls: { ...urls, redisUrl: "redis://r" } };
    const env = { REDIS_URL: "redis://r" };
    expect(readConfig(nodeEnv(env, { ...shared, number: 2 }))).toMatchObject({ gateway: true, port: 0 });
  });

  it("lets a secret of the environment win", () => {
    const secret = "e".repeat(40);
    expect(readConfig(nodeEnv({ STOA_SECRET: secret }, { ...plan, number: 1 })).secret).toBe(secret);
  });
});

describe("closers", () => {
  it("stop in reverse order, once, whatever fails or hangs on the way", async () => {
    const said: string[] = [];
    const stopped: string[] = [];
    const closers = createClosers((line) => said.push(line));
    const add = (name: string, stop: () => Promise<void>) =>
      closers.add(
        name,
        () => {
          stopped.push(name);
          return stop();
        },
        20,
      );
    add("first", () => Promise.resolve());
    add("hanging", () => new Promise(() => undefined));
    add("failing", () => Promise.reject(new Error("no")));
    await Promise.all([closers.all(), closers.all()]);
    expect(stopped).toEqual(["failing", "hanging", "first"]);
    expect(said).toEqual(["failing did not stop cleanly: no", "hanging did not stop within 0.02 s"]);
  });
});

describe("the ready line", () => {
  it("is read as it was written", () => {
    expect(readReady(readyLine({ url: "http://x" }))).toEqual({ url: "http://x" });
    expect(readReady(readyLine({ url: null }))).toEqual({ url: null });
  });

  it.each(["", "ready", "ready {", '{"url":"x"}'])("is not taken for %j", (line) => {
    expect(readReady(line)).toBeUndefined();
  });
});

it("counts only the deaths of the last minute", () => {
  const deaths: number[] = [];
  expect([0, 1, 2, 3].map((second) => isOneTooMany(deaths, second * 1_000))).toEqual([false, false, false, false]);
  expect(isOneTooMany(deaths, 61_500)).toBe(false);
  expect(isOneTooMany(deaths, 61_600)).toBe(false);
  expect(isOneTooMany(deaths, 61_700)).toBe(true);
});

it("says which port is busy, and what to do", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await expect(checkPort(port, "127.0.0.1")).rejects.toThrow(`Port ${port} is in use by another program.`);
  await new Promise((resolve) => server.close(resolve));
  await expect(checkPort(port, "127.0.0.1")).resolves.toBeUndefined();
});

describe("welcome", () => {
  const ready = { url: "http://127.0.0.1:3000", token: "t.o.k", dataDir: "/data", productId: "p1", entrances: [] };

  it("names everything and three lines to try", () => {
    const text = welcome(ready);
    for (const part of ["/docs", "/openapi.json", "/health/ready", "/metrics", "t.o.k", "/data", "p1"]) {
      expect(text).toContain(part);
    }
    expect(linesToTry(ready)).toHaveLength(3);
  });

  it("shows the ways in, where there are people to come in as", () => {
    expect(welcome(ready)).not.toContain("Come in");
    const text = welcome({ ...ready, entrances: [{ room: "run", link: "http://127.0.0.1:3000/sign-in#enter=x" }] });
    expect(text).toContain("run it, as Ada  http://127.0.0.1:3000/sign-in#enter=x");
  });

  it("does not name a product that is not there", () => {
    expect(linesToTry({ ...ready, productId: null })).toHaveLength(2);
  });
});

it("tells health as lines, and an odd body as nothing more than the status", () => {
  const body = JSON.stringify({ checks: [{ name: "nats", ok: false, detail: "gone" }] });
  expect(healthText("http://x", { status: 200, body: "{}" })).toBe("The mall at http://x is ready.");
  expect(healthText("http://x", { status: 503, body })).toBe(
    "The mall at http://x is NOT ready (503).\n  NOT OK  nats: gone",
  );
  expect(healthText("http://x", { status: 503, body: "?" })).toBe("The mall at http://x is NOT ready (503).");
});

it.each([
  ["ENOSPC", "The disk is full (/d/x). Make room"],
  ["EACCES", "Access is denied (/d/x)."],
  ["EROFS", "The disk can only be read (/d/x)."],
])("tells %s in a sentence", (code, sentence) => {
  expect(sentenceOf(Object.assign(new Error("x"), { code, path: "/d/x" }))).toContain(sentence);
});
