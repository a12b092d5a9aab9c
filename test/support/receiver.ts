/** Somebody who is told: an HTTP server on this machine that keeps what it got, and answers as a spec says. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Told {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Event {
  readonly id: string;
  readonly type: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly version: number | null;
  readonly position: string | null;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** How it answers a path; nothing: with 200. */
export type Answering = (told: Told, response: ServerResponse) => void;

export interface Receiver {
  readonly url: string;
  readonly port: number;
  readonly told: readonly Told[];
  /** What a path was told, in the order in which it came. */
  events(path: string): Event[];
  answer(path: string, how: Answering): void;
  stop(): Promise<void>;
}

export async function openReceiver(port = 0): Promise<Receiver> {
  const told: Told[] = [];
  const answers = new Map<string, Answering>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "";
      const one = { path, headers: request.headers, body: Buffer.concat(chunks).toString() };
      told.push(one);
      const how = answers.get(path);
      if (how) how(one, response);
      else response.end("thanks");
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    told,
    events: (path) => told.filter((one) => one.path === path).map(({ body }) => JSON.parse(body) as Event),
    answer: (path, how) => answers.set(path, how),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const says =
  (status: number, text = ""): Answering =>
  (_told, response) => {
    response.statusCode = status;
    response.end(text);
  };
