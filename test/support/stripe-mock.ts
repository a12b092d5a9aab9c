/**
 * The real stripe-mock for tests, which checks every request against Stripe's own OpenAPI document and answers from
 * fixtures. In front of it a door that notes what is asked, and can lose answers on their way back.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { cacheDirOf } from "../../bin/system/cache";
import { findStripeMock, getStripeMock } from "../../bin/system/stripe-mock";
import { eventually } from "./eventually";
import { testFolder } from "./folder";

export interface Asked {
  readonly method: string;
  readonly path: string;
  /** Form fields of the body, or those of the query string. */
  readonly fields: Readonly<Record<string, string>>;
  readonly idempotencyKey: string | undefined;
}

export interface StripeMock {
  readonly url: string;
  readonly asked: Asked[];
  /** The next answers are lost, after the request was done. */
  lose(answers: number): void;
  stop(): Promise<void>;
}

const SAID_CHARS_MAX = 100_000;
const WITHIN_MS = 30_000;

async function launch(fixtures: string): Promise<{ port: number; stop: () => Promise<void> }> {
  const cacheDir = cacheDirOf(process.env);
  const binary = await findStripeMock(process.env, cacheDir);
  if (binary === undefined) {
    throw new Error(`There is no stripe-mock. With Go installed (https://go.dev/dl): ${getStripeMock(cacheDir)}`);
  }
  // both on this machine alone: without an address for HTTPS it listens on all
  const args = ["-http-addr", "127.0.0.1:0", "-https-addr", "127.0.0.1:0", "-fixtures", fixtures];
  const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const hear = (text: Buffer): void => void (said = (said + text.toString()).slice(0, SAID_CHARS_MAX));
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  };
  const listens = (): number | undefined => {
    if (child.exitCode !== null) throw new Error(`stripe-mock ended: ${said}`);
    const [, port] = /HTTP at address: 127\.0\.0\.1:(\d+)/.exec(said) ?? [];
    return port === undefined ? undefined : Number(port);
  };
  return { port: await eventually("stripe-mock listens", listens, { timeoutMs: WITHIN_MS }), stop };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function noted({ method = "", url = "", headers }: IncomingMessage, body: Buffer): Asked {
  const { pathname, searchParams } = new URL(url, "http://door");
  const form = body.length > 0 ? new URLSearchParams(body.toString()) : searchParams;
  const key = headers["idempotency-key"];
  return {
    method,
    path: pathname,
    fields: Object.fromEntries(form),
    idempotencyKey: typeof key === "string" ? key : undefined,
  };
}

/** @param resources what it answers, by kind: `{ payment_intent: { id: "pi_1", … } }` */
export async function startStripeMock(resources: Readonly<Record<string, object>>): Promise<StripeMock> {
  const folder = await testFolder();
  const fixtures = path.join(folder.path, "fixtures.json");
  await writeFile(fixtures, JSON.stringify({ resources }));
  const mock = await launch(fixtures);
  const asked: Asked[] = [];
  let lost = 0;

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    asked.push(noted(incoming, body));
    const { method, url, headers } = incoming;
    const onward = ask({ host: "127.0.0.1", port: mock.port, method, path: url, headers });
    onward.end(body);
    const [answer] = (await once(onward, "response")) as [IncomingMessage];
    const text = await bodyOf(answer);
    if (lost > 0) {
      lost -= 1;
      response.destroy();
      return;
    }
    response.writeHead(answer.statusCode ?? 500, answer.headers).end(text);
  }

  const door = createServer((incoming, response) => {
    pass(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    asked,
    lose: (answers) => (lost = answers),
    async stop() {
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
      await mock.stop();
      await folder.remove();
    },
  };
}
