/**
 * Who may not call an action is told so before the params are looked at, on the node that runs the action: for callers
 * of the same process and for those of another node alike.
 */
import Joi from "joi";
import { ServiceBroker } from "moleculer";
import type { AnyContract } from "../../../models/kernel/contract";
import { brokerOptions, readConfig } from "../../../moleculer.config";
import { createRoleBook } from "../../../services/kernel/role-book";
import { queryService } from "../../../services/kernel/service";

const config = readConfig({
  MONGODB_URL: "mongodb://127.0.0.1:1",
  ELASTICSEARCH_URL: "http://127.0.0.1:1",
  NATS_URL: "nats://127.0.0.1:1",
  STOA_SECRET: "a secret for tests that is long enough",
});

/** Counts how often a schema was made to look at something. */
const looked = { times: 0 };
const counting = Joi.any().custom((value: unknown) => {
  looked.times++;
  return value;
});

const contract: AnyContract = {
  aggregate: "secret",
  actions: {
    "secret.read": {
      kind: "query",
      summary: "Read a secret",
      params: Joi.object({ huge: counting, id: Joi.string().required() }),
      permission: "secret.read",
      owner: "platform",
    },
  },
};

const roles = createRoleBook({});
const brokers = ["owner", "other"].map(
  (nodeID) => new ServiceBroker({ ...brokerOptions(config, roles), nodeID, transporter: "Fake" }),
) as [ServiceBroker, ServiceBroker];
const [owner, other] = brokers;

beforeAll(async () => {
  owner.createService(
    queryService({
      name: "secrets",
      contracts: [contract],
      queries: { "secret.read": () => Promise.resolve("told") },
      roles,
    }),
  );
  await Promise.all(brokers.map((broker) => broker.start()));
  await other.waitForServices("secrets", 10_000);
});
afterAll(() => Promise.all(brokers.map((broker) => broker.stop())));
beforeEach(() => (looked.times = 0));

describe.each([
  ["of the same node", owner],
  ["of another node", other],
])("a caller %s", (_where, broker) => {
  const call = (params: object, permissions?: readonly string[]): Promise<unknown> =>
    broker.call("secret.read", params, {
      meta: { trace: "t", ...(permissions && { principal: { id: "somebody", permissions } }) },
    });

  test.each([[{ huge: "x" }], [{ huge: "x", id: "a" }]])(
    "is refused %j unseen without the permission",
    async (params) => {
      await expect(call(params, [])).rejects.toMatchObject({ type: "FORBIDDEN", code: 403 });
      await expect(call(params)).rejects.toMatchObject({ type: "UNAUTHENTICATED", code: 401 });
      expect(looked.times).toBe(0);
    },
  );

  test("has its params checked with the permission", async () => {
    await expect(call({ huge: "x" }, ["secret.read"])).rejects.toMatchObject({ type: "VALIDATION_FAILED", code: 400 });
    expect(await call({ huge: "x", id: "a" }, ["secret.read"])).toBe("told");
    expect(looked.times).toBe(2);
  });
});
