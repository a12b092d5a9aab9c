/** A call that is repeated is the same call: in its caller's name and under its id, whatever it asked of others. */
import { ServiceBroker, Errors } from "moleculer";
import { builtinRoles } from "../../../models/role/role.builtin.contract";
import type { CallMeta } from "../../../services/kernel/call";
import { createRoleBook } from "../../../services/kernel/role-book";
import { procedureService } from "../../../services/kernel/service";
import Joi from "joi";

const nothing = Joi.object({});
const open = {
  kind: "procedure",
  permission: "test.call",
  owner: "platform",
  summary: "For tests",
  params: nothing,
} as const;
const contract = { aggregate: "test", actions: { "test.outer": open, "test.inner": open } };
const sent: CallMeta = {
  principal: { id: "ann", permissions: ["test.call"] },
  trace: "trace-1",
  commandId: "command-1",
};
const nested: CallMeta = {
  principal: { id: "payments", permissions: ["test.call"] },
  trace: "trace-1",
  commandId: "other",
};

let broker: ServiceBroker;
const seen: unknown[] = [];
let fault: () => Promise<unknown>;
beforeAll(async () => {
  broker = new ServiceBroker({
    ...{ logger: false, validator: false, requestTimeout: 200 },
    retryPolicy: { enabled: false, retries: 1, delay: 1, maxDelay: 1, factor: 1 },
  });
  broker.createService(
    procedureService({
      ...{ name: "test", contract: contract as never, roles: createRoleBook(builtinRoles) },
      procedures: {
        "test.outer": async (_params: never, { caller, meta }) => {
          seen.push([meta.principal.id, meta.commandId]);
          await caller.call("test.inner", {}, { meta: nested });
          return seen.length === 1 ? fault() : {};
        },
        "test.inner": () => Promise.resolve({}),
      },
    }),
  );
  await broker.start();
});
afterAll(() => broker.stop());
beforeEach(() => {
  seen.length = 0;
});

const lost = (): Promise<unknown> => Promise.reject(new Errors.MoleculerRetryableError("its answer is lost"));
const silent = (): Promise<unknown> => new Promise(() => undefined);

test.each([
  ["fails", lost],
  ["does not answer in time", silent],
])("one that %s after it has called others", async (_what, how) => {
  fault = how;
  await broker.call("test.outer", {}, { meta: sent });
  expect(seen).toEqual([
    ["ann", "command-1"],
    ["ann", "command-1"],
  ]);
});
