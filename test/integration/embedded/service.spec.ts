import { startGuarded } from "../../../embedded/guard";
import { startService, type ServiceSpec } from "../../../embedded/service";

/** A service that is a line of JavaScript. */
const service = (script: string, more: Partial<ServiceSpec> = {}): ServiceSpec => ({
  name: "the service",
  command: process.execPath,
  args: ["-e", script],
  urlIn: (line) => /^ready (.+)$/.exec(line)?.[1],
  readyWithinMs: 20_000,
  stopWithinMs: 300,
  log: () => undefined,
  ...more,
});

const serves = `console.log("ready tcp://x"); setInterval(() => undefined, 1000);`;

describe("a backing service", () => {
  it("is there when it says so, and hands on what else it says", async () => {
    const lines: string[] = [];
    const started = await startService(service(`console.log("hello"); ${serves}`, { log: (line) => lines.push(line) }));
    expect(started.url).toBe("tcp://x");
    expect(lines).toEqual(["hello"]);
    await started.stop();
    expect(await started.exited).toEqual({ code: null, signal: "SIGTERM" });
  });

  it("that ends too early tells its reason", async () => {
    const dies = service(`console.error("failed the disk is full"); process.exit(3)`);
    await expect(startService(dies)).rejects.toThrow(
      "the service ended before it was ready (exit code 3): the disk is full",
    );
  });

  it("that never gets ready is given up and stopped", async () => {
    const stalls = service(`setInterval(() => undefined, 1000)`, { readyWithinMs: 300 });
    await expect(startService(stalls)).rejects.toThrow("the service was not ready within 0.3 s");
  });

  it("that is not there at all is told", async () => {
    await expect(startService(service("", { command: "/no/such/program" }))).rejects.toThrow(
      "the service could not be started",
    );
  });

  it("that will not stop is made to", async () => {
    const started = await startService(service(`process.on("SIGTERM", () => undefined); ${serves}`));
    await started.stop();
    expect(await started.exited).toEqual({ code: null, signal: "SIGKILL" });
  });
});

describe("a guarded service", () => {
  it("is known by its own process, and ends with the exit that it chose", async () => {
    const script = `process.on("SIGTERM", () => process.exit(5)); console.log("ready " + process.pid); ${serves}`;
    const started = await startGuarded(service(script, { stopWithinMs: 10_000 }));
    expect(started.url).toBe(String(started.pid));
    await started.stop();
    expect(await started.exited).toEqual({ code: 5, signal: null });
  });

  it("tells the signal that ended it", async () => {
    const started = await startGuarded(service(serves));
    process.kill(started.pid, "SIGKILL");
    expect(await started.exited).toEqual({ code: null, signal: "SIGKILL" });
  });

  it("that cannot be started says so", async () => {
    await expect(startGuarded(service("", { command: "/no/such/program" }))).rejects.toThrow(
      "/no/such/program could not be started",
    );
  });
});
