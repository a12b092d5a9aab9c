/** The least that asks over HTTP: connections that stay open, and no more work than sending and reading. */
import { Agent, request } from "node:http";

export interface HttpClient {
  /** The status of the answer, which is read to its end. */
  send(method: string, path: string, body?: object): Promise<number>;
  close(): void;
}

export function httpClient(url: string, headers: Readonly<Record<string, string>>, connections: number): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  return {
    send: (method, path, body) =>
      new Promise((resolve, reject) => {
        const text = body === undefined ? "" : JSON.stringify(body);
        const length = Buffer.byteLength(text);
        const sent = {
          ...headers,
          ...(body !== undefined && { "content-type": "application/json", "content-length": length }),
        };
        const asked = request({ agent, hostname, port, method, path, headers: sent }, (answer) => {
          answer.resume();
          answer.on("end", () => resolve(answer.statusCode ?? 0));
        });
        asked.on("error", reject);
        asked.end(text);
      }),
    close: () => agent.destroy(),
  };
}
