/** Requests from an address of one's choice: strangers are no neighbours. */
import { Agent, request } from "node:http";

export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
  /** Address on this machine that it comes from; the usual one when left out. */
  readonly from?: string | undefined;
}

export interface Response {
  readonly status: number;
  readonly text: string;
  /** What a query has to bring to see what this answer tells of. */
  readonly token: string | undefined;
}

export type Transport = (asked: Request) => Promise<Response>;

/** The kernel gives the whole block 127.0.0.0/8 to this machine; elsewhere only 127.0.0.1 is there unasked. */
export const HAS_NETWORKS = process.platform === "linux";

const NEIGHBOURS = 24;
/** Less than after which the mall closes a connection that nobody uses. */
const IDLE_MS = 30_000;

/** A connection that was kept was closed by the mall just when it was to be used again: nothing was asked. */
class Unused extends Error {}

/** Every answer comes within `withinMs`, or an error says that none came. */
export function openTransport(withinMs: number): { readonly send: Transport; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: NEIGHBOURS, timeout: IDLE_MS });
  const once = ({ method, url, headers, body, from }: Request): Promise<Response> =>
    new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(withinMs);
      const own = from === undefined ? { agent } : { agent: false as const, localAddress: from };
      const length = { "content-length": String(Buffer.byteLength(body ?? "")) };
      const sent = request(url, { method, signal, ...own, headers: { ...headers, ...length } }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.once("error", reject);
        response.once("end", () => {
          const { statusCode: status = 0, headers: given } = response;
          const [token] = [given["stoa-token"]].flat();
          resolve({ status, text: Buffer.concat(parts).toString(), token });
        });
      });
      sent.once("error", (error: NodeJS.ErrnoException) => {
        reject(sent.reusedSocket && error.code === "ECONNRESET" ? new Unused() : error);
      });
      sent.end(body ?? undefined);
    });
  const send: Transport = (asked) =>
    once(asked).catch((error: unknown) => {
      if (error instanceof Unused) return once(asked);
      throw error;
    });
  return { send, close: () => agent.destroy() };
}
