/** A whole node on the embedded services, in a name space of its own, asked over HTTP; its writes are seen. */
import { randomUUID } from "node:crypto";
import pino from "pino";
import { openNode, type RunningNode } from "../../bin/node/node";
import { contracts } from "../../models/contracts";
import { issueToken } from "../../services/gateway/tokens";
import type { Grant } from "../../services/kernel/call";
import { openedOn, startBacking } from "./backing";

export type Body = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly body: Body;
}

export interface Asking {
  readonly body?: object;
  /** Mall-wide permissions; all of them when neither these nor grants are given. */
  readonly as?: readonly string[];
  readonly grants?: readonly Grant[];
  readonly key?: string;
}

/** A command of the driver that changes something. */
export interface Written {
  readonly name: string;
  readonly collection: string;
  readonly documents?: readonly Body[];
  readonly updates?: readonly { readonly u: unknown }[];
}

export interface NodeOverHttp {
  readonly node: RunningNode;
  readonly url: string;
  readonly dataDir: string;
  readonly secret: string;
  /** Of this process, since it was opened. */
  readonly writes: Written[];
  ask(method: string, path: string, asking?: Asking): Promise<Answer>;
  /** The answer of a query, held against what its contract declares: more or less than that is a fault. */
  declared(action: string, path: string): Promise<Body>;
  /** Posts, and gives the id of what was made. */
  made(path: string, body: object): Promise<string>;
  stop(): Promise<void>;
}

const WRITES = ["insert", "update", "delete", "findAndModify", "bulkWrite", "drop", "dropDatabase"];

/** The same store, by a driver that tells each of its commands. */
const watched = (url: string): string => `${url}${url.includes("?") ? "&" : "/?"}monitorCommands=true`;

function headersOf(secret: string, { body, as, grants = [], key }: Asking): Record<string, string> {
  const permissions = as ?? (grants.length > 0 ? [] : ["*"]);
  return {
    authorization: `Bearer ${issueToken(secret, { id: "tester", permissions, grants })}`,
    ...(body && { "content-type": "application/json" }),
    ...(key !== undefined && { "idempotency-key": key }),
  };
}

export async function openNodeOverHttp(more: Readonly<Record<string, string>> = {}): Promise<NodeOverHttp> {
  const backing = await startBacking();
  const { secret, dataDir, ...config } = backing.config({
    STOA_NAMESPACE: `t${randomUUID().slice(0, 8)}`,
    MONGODB_URL: watched(backing.mongodbUrl),
    ...more,
  });
  const node = await openedOn(backing, () => openNode({ secret, dataDir, ...config }, pino({ level: "silent" })));
  const writes: Written[] = [];
  node.store.connection.getClient().on("commandStarted", ({ commandName, command }) => {
    const { [commandName]: collection, ...more } = command as Body;
    if (WRITES.includes(commandName)) writes.push({ ...more, name: commandName, collection: String(collection) });
  });
  const url = node.url ?? "";
  const ask: NodeOverHttp["ask"] = async (method, path, asking = {}) => {
    const { body } = asking;
    const headers = headersOf(secret, asking);
    const response = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    return { status: response.status, body: (await response.json()) as Body };
  };
  return {
    node,
    url,
    dataDir,
    secret,
    writes,
    ask,
    async declared(action, path) {
      const { status, body } = await ask("GET", path);
      expect([path, status]).toEqual([path, 200]);
      const result = contracts.map(({ actions }) => actions[action]?.result).find((found) => found !== undefined);
      expect(result?.validate(body, { convert: false, abortEarly: false })).toEqual({ value: body });
      return body;
    },
    async made(path, body) {
      const answer = await ask("POST", path, { body });
      expect([path, answer.status]).toEqual([path, 201]);
      return answer.body["id"] as string;
    },
    async stop() {
      await node.stop();
      await backing.stop();
    },
  };
}
