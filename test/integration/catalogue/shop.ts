/** A node on real services for the specs of the catalogue, and how they ask it. */
import { randomUUID } from "node:crypto";
import pino from "pino";
import { openNode, type RunningNode } from "../../../bin/node/node";
import { contracts } from "../../../models/contracts";
import { issueToken } from "../../../services/gateway/tokens";
import { openedOn, startBacking } from "../../support/backing";

export type Body = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Asked {
  readonly body?: object | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the administrator when left out; null asks without a token. */
  readonly permissions?: readonly string[] | null;
}

export interface Made {
  readonly id: string;
  readonly token: string;
}

export interface Shop {
  readonly node: RunningNode;
  readonly url: string;
  readonly secret: string;
  ask(method: string, path: string, asked?: Asked): Promise<Answer>;
  /** Sends a command that must succeed. */
  done(method: string, path: string, body?: object): Promise<Made>;
  /** What a query of the contracts answers, held against what it declares. */
  declared(action: string, path: string, after?: readonly string[]): Promise<Body>;
  stop(): Promise<void>;
}

function contentOf(body: object | Buffer | undefined): { type?: string; bytes?: string | Uint8Array<ArrayBuffer> } {
  if (body === undefined) return {};
  if (Buffer.isBuffer(body)) return { type: "application/octet-stream", bytes: new Uint8Array(body) };
  return { type: "application/json", bytes: JSON.stringify(body) };
}

export async function openShop(env: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const backing = await startBacking();
  const config = backing.config({ STOA_NAMESPACE: `t${randomUUID().slice(0, 8)}`, ...env });
  const node = await openedOn(backing, () => openNode(config, pino({ level: "silent" })));
  const url = node.url ?? "";

  const ask: Shop["ask"] = async (method, path, { body, headers, permissions = ["*"] } = {}) => {
    const { type, bytes } = contentOf(body);
    const token = permissions === null ? null : issueToken(config.secret, { id: "tester", permissions });
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(type !== undefined && { "content-type": type }),
        ...headers,
      },
      ...(bytes !== undefined && { body: bytes }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
  };

  return {
    node,
    url,
    secret: config.secret,
    ask,
    async done(method, path, body) {
      const answer = await ask(method, path, body === undefined ? {} : { body });
      expect([path, answer.body["detail"]]).toEqual([path, undefined]);
      return { id: answer.body["id"] as string, token: answer.headers.get("stoa-token") ?? "" };
    },
    async declared(action, path, after = []) {
      const { status, body } = await ask("GET", path, { headers: { "stoa-token": after.join(",") } });
      expect([action, status]).toEqual([action, 200]);
      const result = contracts.map(({ actions }) => actions[action]?.result).find((found) => found !== undefined);
      expect(result?.validate(body, { convert: false, abortEarly: false })).toEqual({ value: body });
      return body;
    },
    async stop() {
      await node.stop();
      await backing.stop();
    },
  };
}
