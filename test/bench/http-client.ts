/** The least that asks over HTTP: connections that stay open, and no more work than sending and reading. */
import { Agent, request, type IncomingMessage } from "node:http";

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

export interface HttpClient {
  /** The status of the answer, which is read to its end. */
  send(method: string, path: string, body?: object): Promise<number>;
  /** What was answered. */
  ask(method: string, path: string, body?: object): Promise<HttpAnswer>;
  close(): void;
}

type Read = (answer: IncomingMessage, done: (text: string) => void) => void;

const passed: Read = (answer, done) => {
  answer.resume();
  answer.on("end", () => done(""));
};

const whole: Read = (answer, done) => {
  const pieces: Buffer[] = [];
  answer.on("data", (piece: Buffer) => pieces.push(piece));
  answer.on("end", () => done(Buffer.concat(pieces).toString()));
};

export function httpClient(url: string, headers: Readonly<Record<string, string>>, connections: number): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  const sent = (read: Read, method: string, path: string, body?: object): Promise<HttpAnswer> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? "" : JSON.stringify(body);
      const length = Buffer.byteLength(text);
      const all = {
        ...headers,
        ...(body !== undefined && { "content-type": "application/json", "content-length": length }),
      };
      const asked = request({ agent, hostname, port, method, path, headers: all }, (answer) => {
        read(answer, (found) => resolve({ status: answer.statusCode ?? 0, text: found }));
      });
      asked.on("error", reject);
      asked.end(text);
    });
  return {
    send: async (method, path, body) => (await sent(passed, method, path, body)).status,
    ask: (method, path, body) => sent(whole, method, path, body),
    close: () => agent.destroy(),
  };
}
