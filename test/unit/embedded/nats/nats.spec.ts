import { isNewEnough, natsFolders, parseNatsVersion } from "../../../../embedded/nats/binary";
import { listeningUrl, natsConfig } from "../../../../embedded/nats/nats";

describe("the version of a nats-server", () => {
  it.each([
    ["nats-server: v2.12.3", { major: 2, minor: 12 }],
    ["nats-server: v2.9.10\n", { major: 2, minor: 9 }],
    ["nats-server: 2.15.0", { major: 2, minor: 15 }],
  ])("is read from %j", (output, version) => {
    expect(parseNatsVersion(output)).toEqual(version);
  });

  it("is compared as numbers", () => {
    expect(isNewEnough({ major: 2, minor: 12 })).toBe(true);
    expect(isNewEnough({ major: 2, minor: 9 })).toBe(true);
    expect(isNewEnough({ major: 2, minor: 8 })).toBe(false);
    expect(isNewEnough({ major: 3, minor: 0 })).toBe(true);
  });
});

describe("where nats-server is looked for", () => {
  it("begins with PATH, in its order, and passes over empty entries", () => {
    expect(natsFolders({ PATH: "/a::/b" }, "/cache").slice(0, 3)).toEqual(["/a", "/b", "/cache/bin"]);
  });
});

describe("the broker's configuration", () => {
  it("keeps to the loopback address and takes any port when none is named", () => {
    const config = natsConfig({ dataDir: "/data", pidFile: "/data/nats.pid", port: 0 });
    expect(config).toContain('host: "127.0.0.1"');
    expect(config).toContain("port: -1\n");
  });

  it("survives a folder with quotes and spaces", () => {
    expect(natsConfig({ dataDir: '/my "data"', pidFile: "/p", port: 4222 })).toContain('store_dir: "/my \\"data\\""');
  });
});

it("reads the address from the broker's line", () => {
  const line = "[71] 2026/11/21 13:40:00.1 [INF] Listening for client connections on 127.0.0.1:4222";
  expect(listeningUrl(line)).toBe("nats://127.0.0.1:4222");
  expect(listeningUrl("[71] [INF] Server is ready")).toBeUndefined();
});
