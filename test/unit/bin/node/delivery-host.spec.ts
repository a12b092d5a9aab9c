import path from "node:path";
import pino from "pino";
import { createDeliveryHost, type DeliveryHost } from "../../../../bin/node/delivery-host";
import { pack, unpack } from "../../../../bin/node/delivery-messages";
import { eventually } from "../../../support/eventually";

const program = path.join(__dirname, "../../../support/thread-that-fails.js");
const commit = (body: string) => ({ aggregate: "thing", aggregateId: "t-1", version: 1, rowId: "t-1@1", body });

const hosts: DeliveryHost[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.stop();
});

function hostOf(namespace = "mall") {
  const said: { readonly msg: string; readonly n?: number }[] = [];
  const log = pino({ level: "info" }, { write: (line) => said.push(JSON.parse(line) as (typeof said)[number]) });
  const observed: string[] = [];
  const clock = { observe: (hlc: string) => void observed.push(hlc) };
  const urls = { mongodbUrl: "", elasticsearchUrl: "", natsUrl: "" };
  const config = { ...urls, namespace, nodeId: "node-1", logLevel: "info", analytics: false };
  const host = createDeliveryHost({ config, clock, log, program });
  hosts.push(host);
  return { host, said, observed };
}

test("commits travel as strings and arrive as they were", () => {
  const commits = [commit("{}"), { ...commit('{"a":"ü\u2028"}'), version: 123_456 }];
  expect(unpack(pack(commits))).toEqual(commits);
});

test("a status is as of after everything that was announced before it was asked for", async () => {
  const { host, said, observed } = hostOf();
  await host.start();
  host.announce([commit("a"), commit("b")]);
  host.announce([commit("c")]);
  expect(await host.status()).toMatchObject({ connected: true, relay: { published: 3, dropped: 0 } });
  expect(said).toMatchObject([{ msg: "hello", n: 1 }]);
  expect(observed).toEqual(["mall"]);
});

test("what keeps delivery from starting is told in its own words", async () => {
  const { host } = hostOf("fails");
  await expect(host.start()).rejects.toThrow("NATS does not answer.");
  expect(await host.status()).toBeNull();
});

test("a thread that dies is started again, and takes what is announced from then on", async () => {
  const { host, said } = hostOf();
  await host.start();
  for (let deaths = 1; deaths <= 2; deaths++) {
    host.announce([commit("die")]);
    await eventually("its death was told", () => said.filter(({ msg }) => msg.includes("died")).length === deaths);
    await eventually("it is there again", async () => (await host.status()) !== null);
    host.announce([commit("a")]);
    expect(await host.status()).toMatchObject({ relay: { published: 1 } });
  }
  expect(JSON.stringify(said)).toContain("died of a commit");
});

test("a thread that takes nothing is given no more than a bounded number", async () => {
  const { host } = hostOf();
  await host.start();
  host.announce([commit("stall")]);
  await host.status();
  for (let i = 0; i < 12; i++) {
    host.announce(Array.from({ length: 1_000 }, () => commit("a")));
    await host.status();
  }
  expect(await host.status()).toMatchObject({ relay: { published: 0, dropped: 3_000 } });
});

test("nor more than a bounded number of bytes", async () => {
  const { host } = hostOf();
  await host.start();
  host.announce([commit("stall")]);
  await host.status();
  const large = commit("x".repeat(8 * 1024 ** 2));
  for (let i = 0; i < 6; i++) {
    host.announce([large]);
    await host.status();
  }
  expect(await host.status()).toMatchObject({ relay: { published: 0, dropped: 3 } });
});

test("what has been taken does not count any more", async () => {
  const { host } = hostOf();
  await host.start();
  const large = commit("x".repeat(8 * 1024 ** 2));
  for (let i = 0; i < 6; i++) {
    host.announce([large]);
    await host.status();
  }
  expect(await host.status()).toMatchObject({ relay: { published: 6, dropped: 0 } });
});
