import { fork, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect, type NatsConnection } from "nats";
import { findNatsServer } from "../../../embedded/nats/binary";
import { startNats } from "../../../embedded/nats/nats";
import type { Service } from "../../../embedded/service";
import { cacheDirOf } from "../../../bin/system/cache";
import { eventually } from "../../support/eventually";

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("the embedded message broker", () => {
  let dataDir: string;
  let binary: string;
  const running: Service[] = [];

  beforeAll(async () => {
    const found = await findNatsServer(process.env, cacheDirOf(process.env));
    if (found === undefined) throw new Error("no nats-server: `npm test` installs it, or says what to type");
    binary = found;
  });

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), "stoa-nats-"));
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((service) => service.stop()));
    await rm(dataDir, { recursive: true, force: true });
  });

  async function start(): Promise<Service> {
    const service = await startNats({ dataDir, binary, log: () => undefined });
    running.push(service);
    return service;
  }

  async function withConnection<T>(service: Service, work: (connection: NatsConnection) => Promise<T>): Promise<T> {
    const connection = await connect({ servers: service.url, reconnect: false });
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  }

  const publish = (service: Service, count: number, from = 0) =>
    withConnection(service, async (connection) => {
      const manager = await connection.jetstreamManager();
      await manager.streams.add({ name: "COMMITS", subjects: ["commits.>"] });
      const stream = connection.jetstream();
      for (let at = from; at < from + count; at++) await stream.publish("commits.a.0", `${at}`, { msgID: `m-${at}` });
    });

  const stored = (service: Service) =>
    withConnection(service, async (connection) => {
      const manager = await connection.jetstreamManager();
      return (await manager.streams.info("COMMITS")).state.messages;
    });

  it("keeps what it acknowledged over a kill -9, and knows a repeated message again", async () => {
    const first = await start();
    await publish(first, 200);
    process.kill(first.pid, "SIGKILL");
    expect(await first.exited).toEqual({ code: null, signal: "SIGKILL" });

    const second = await start();
    expect(await stored(second)).toBe(200);
    await publish(second, 200, 100);
    expect(await stored(second)).toBe(300);
  });

  it("stops when asked, and tells so", async () => {
    const service = await start();
    await service.stop();
    expect(await service.exited).toEqual({ code: expect.any(Number) as number, signal: null });
    expect(isAlive(service.pid)).toBe(false);
  });

  it("waits for a predecessor on its folder, and says who holds it", async () => {
    const first = await start();
    const second = startNats({ dataDir, binary, predecessorWithinMs: 200, log: () => undefined });
    await expect(second).rejects.toThrow(`in use by another message broker (process ${first.pid})`);
  });

  it("goes with its parent, however that died", async () => {
    const parent: ChildProcess = fork(path.join(__dirname, "../../support/parent-of-services.js"), ["nats", dataDir], {
      env: { ...process.env, NATS_BINARY: binary },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const pid = await new Promise<number>((resolve, reject) => {
      parent.once("message", (message) => resolve(Number(message)));
      parent.once("exit", (code) => reject(new Error(`the parent ended with ${code ?? "a signal"}`)));
    });
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await eventually("the broker to go with its parent", () => !isAlive(pid));
    expect(await start()).toHaveProperty("url");
  });
});
