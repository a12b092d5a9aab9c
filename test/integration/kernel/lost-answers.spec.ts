/** A broker that dies with a request inside: the caller is answered long before the request would time out. */
import { ServiceBroker, type BrokerOptions } from "moleculer";
import { brokerOptions } from "../../../moleculer.config";
import { builtinRoles } from "../../../models/role/role.builtin.contract";
import { createRoleBook } from "../../../services/kernel/role-book";
import { eventually } from "../../support/eventually";
import { memoryConfig } from "../../support/memory-node";
import { startTestNats, type TestNats } from "../../support/nats";

const ANSWERED_WITHIN_MS = 15_000;

let nats: TestNats;
const brokers: ServiceBroker[] = [];

function broker(nodeId: string, schema?: Parameters<ServiceBroker["createService"]>[0]): ServiceBroker {
  const config = { ...memoryConfig(), nodes: 2, nodeId, natsUrl: nats.url };
  const options: BrokerOptions = brokerOptions(config, createRoleBook(builtinRoles));
  const made = new ServiceBroker(options);
  if (schema) made.createService(schema);
  brokers.push(made);
  return made;
}

beforeAll(async () => {
  nats = await startTestNats();
});

afterAll(async () => {
  await Promise.all(brokers.map((one) => one.stop()));
  await nats.stop();
});

test("what was inside a broker that died is asked again, once the others are heard over the new one", async () => {
  let asked = 0;
  const echo = {
    name: "echo",
    actions: { say: { retryPolicy: { enabled: true }, handler: () => `answer ${++asked}` } },
  };
  const [caller] = [broker("node-1"), broker("node-2", echo)] as [ServiceBroker, ServiceBroker];
  await Promise.all(brokers.map((one) => one.start()));
  await caller.waitForServices("echo");
  expect(await caller.call("echo.say", {})).toBe("answer 1");
  nats.freeze();
  const began = performance.now();
  const answer = caller.call("echo.say", {});
  const pending = (): number =>
    (caller.transit as unknown as { pendingRequests: Map<string, object> }).pendingRequests.size;
  await eventually("the request is on its way", () => pending() === 1);
  await nats.kill();
  await nats.restart();
  // the third, where the request itself came through and only its answer was lost
  expect(await answer).toMatch(/^answer [23]$/);
  expect(performance.now() - began).toBeLessThan(ANSWERED_WITHIN_MS);
}, 60_000);
