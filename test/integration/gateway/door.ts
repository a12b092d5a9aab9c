/** A gateway in front of small services that have the same validator as real ones, and note what they got. */
import { pino } from "pino";
import { Registry } from "prom-client";
import { ServiceBroker, type Context, type ServiceSchema } from "moleculer";
import { contracts } from "../../../models/contracts";
import type { ActionContract, AnyContract } from "../../../models/kernel/contract";
import { builtinRoles } from "../../../models/role/role.builtin.contract";
import { brokerOptions, readConfig } from "../../../moleculer.config";
import { gatewayService, type GatewayDeps } from "../../../services/gateway/gateway.service";
import { issueToken } from "../../../services/gateway/tokens";
import { createAccessTokens } from "../../../services/kernel/access-token";
import { oneKey } from "../../support/identity";
import type { CallMeta } from "../../../services/kernel/call";
import { createRoleBook } from "../../../services/kernel/role-book";
import { createdId } from "../../../services/kernel/command-id";

export const SECRET = "a secret of the tests, long enough to sign";

export interface Heard {
  readonly action: string;
  readonly params: Record<string, unknown>;
  readonly meta: CallMeta & { routingKey?: string };
}

export interface Door {
  readonly url: string;
  readonly broker: ServiceBroker;
  readonly heard: Heard[];
  readonly logged: string[];
  readonly admin: Record<string, string>;
  last(): Heard;
  stop(): Promise<void>;
}

export type Answer = (heard: Heard, action: ActionContract, aggregate: string) => unknown;

export const COMMITTED_AT = "2026-01-02T03:04:05.678Z";

/** A receipt whose version follows what the caller expected; queries tell what they were asked. */
export const plainAnswer: Answer = ({ params, meta }, action, aggregate) => {
  if (action.kind === "query" || action.kind === "procedure") return { ...params, version: 3 };
  const id =
    action.kind === "create" ? createdId(aggregate, meta.commandId ?? "") : ((params["id"] ?? "one") as string);
  const version = action.kind === "create" ? 1 : (meta.expectedVersion ?? 6) + 1;
  const wrote = { source: `${aggregate}/${id}`, version, targets: [{ projection: "products", id }] };
  return { id, version, committedAt: COMMITTED_AT, wrote };
};

function listeners(contract: AnyContract, heard: Heard[], answer: Answer): ServiceSchema {
  const actions = Object.entries(contract.actions).map(([name, action]) => [
    name.slice(contract.aggregate.length + 1),
    {
      contract: () => action,
      convert: action.kind === "query",
      handler(ctx: Context<Record<string, unknown>, Heard["meta"]>) {
        const one = { action: name, params: ctx.params, meta: { ...ctx.meta } };
        heard.push(one);
        return answer(one, action, contract.aggregate);
      },
    },
  ]);
  return { name: contract.aggregate, actions: Object.fromEntries(actions) as NonNullable<ServiceSchema["actions"]> };
}

const config = (env: Record<string, string> = {}) =>
  readConfig({
    MONGODB_URL: "mongodb://127.0.0.1:1",
    ELASTICSEARCH_URL: "http://127.0.0.1:1",
    NATS_URL: "nats://127.0.0.1:1",
    STOA_SECRET: SECRET,
    STOA_PORT: "0",
    ...env,
  });

export interface DoorOptions extends Partial<GatewayDeps> {
  readonly answer?: Answer;
}

export async function openDoor({ answer = plainAnswer, ...more }: DoorOptions = {}): Promise<Door> {
  const heard: Heard[] = [];
  const logged: string[] = [];
  const roles = createRoleBook(builtinRoles);
  const broker = new ServiceBroker(brokerOptions(config(), roles));
  let url = "";
  for (const contract of contracts) broker.createService(listeners(contract, heard, answer));
  broker.createService(
    gatewayService({
      contracts,
      config: config(),
      log: pino({ level: "trace" }, { write: (line: string) => logged.push(line) }),
      health: () => Promise.resolve({ checks: [{ name: "search", ok: true, detail: "green" }] }),
      metrics: new Registry(),
      accessTokens: createAccessTokens(oneKey),
      roles,
      listening: (at) => (url = at),
      ...more,
    }),
  );
  await broker.start();
  const admin = { authorization: `Bearer ${issueToken(SECRET, { id: "admin", permissions: ["*"] })}` };
  const last = (): Heard => {
    const found = heard.at(-1);
    if (!found) throw new Error("No service was called");
    return found;
  };
  return { url, broker, heard, logged, admin, last, stop: () => broker.stop() };
}
