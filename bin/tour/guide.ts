/**
 * Leads through the story: shows each request and its answer, checks what the story claims, and stops at the first
 * claim that does not hold.
 */
import { answerLine, curlLine, plainLine, type Request } from "./shown";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

export interface Showing {
  readonly show?: (body: never) => unknown;
  readonly names?: Readonly<Record<string, string>>;
}

export interface Guide {
  /** Begins the next step. */
  step(title: string): void;
  /**
   * Sends a request and shows both. `show` chooses what of a large answer is worth seeing; `names` names what is in it,
   * by path: `{ SELLER: "id" }`.
   */
  ask(request: Request, how?: Showing): Promise<Answer>;
  /** Without a line of its own: for what is only looked up. */
  quietly(request: Request): Promise<Answer>;
  /** A request's line alone: for those that are sent at once. */
  line(request: Request): void;
  /** A line for the reader, beside requests and answers. */
  tell(line: string): void;
  /** Shown under this name from now on: what is different in every mall. */
  name(name: string, value: string): string;
  /** What was named so. */
  named(name: string): string;
  /** Whoever has this token asks under this name from now on. */
  visitor(name: string, token: string): void;
  /** @throws ClaimFailed */
  holds(claim: string, ok: boolean, found?: unknown): void;
  /** The next requests go to this address. */
  moveTo(url: string): void;
  /** Of claims that held so far. */
  claims(): number;
}

export class ClaimFailed extends Error {
  override readonly name = "ClaimFailed";
}

const TIMEOUT_MS = 30_000;

async function send(url: string, request: Request, token: string | undefined): Promise<Answer> {
  const headers = new Headers(request.headers);
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  if (request.body !== undefined) headers.set("content-type", "application/json");
  const response = await fetch(`${url}${request.path}`, {
    method: request.method,
    headers,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
  });
  const text = await response.text();
  const json = /json/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, body: json ? JSON.parse(text) : text || undefined, headers: response.headers };
}

/** Text at a path like `approval.id`; empty where there is none. */
function at(body: unknown, path: string): string {
  const found = path
    .split(".")
    .reduce<unknown>((holder, key) => (Object(holder) as Record<string, unknown>)[key], body);
  return typeof found === "string" ? found : "";
}

export function createGuide(mallUrl: string, print: (line: string) => void): Guide {
  const names = new Map<string, string>();
  const tokens = new Map<string, string>();
  let url = mallUrl;
  let steps = 0;
  let held = 0;
  const quietly = (request: Request): Promise<Answer> =>
    send(url, request, request.as === undefined ? undefined : tokens.get(request.as));
  return {
    quietly,
    step: (title) => print(`\n${String(++steps)}. ${title}`),
    async ask(request, { show, names: naming = {} } = {}) {
      print(`   $ ${curlLine(request, names)}`);
      const answer = await quietly(request);
      for (const [name, path] of Object.entries(naming)) names.set(name, at(answer.body, path));
      const shown = show && answer.status < 300 ? show(answer.body as never) : answer.body;
      print(`   ${answerLine(answer.status, shown, names)}`);
      return answer;
    },
    line: (request) => print(`   $ ${curlLine(request, names)}`),
    tell: (line) => print(`   ${plainLine(line, names)}`),
    name(name, value) {
      names.set(name, value);
      return value;
    },
    named: (name) => names.get(name) ?? "",
    visitor(name, token) {
      names.set(`${name}_TOKEN`, token);
      tokens.set(name, token);
      print(`   ${name}="Authorization: Bearer $${name}_TOKEN"`);
    },
    holds(claim, ok, found) {
      if (ok) {
        held++;
        print(`   ✓ ${claim}`);
        return;
      }
      print(`   ✗ ${claim}`);
      throw new ClaimFailed(`"${claim}" does not hold: ${JSON.stringify(found ?? null).slice(0, 1_000)}`);
    },
    moveTo(to) {
      url = to;
    },
    claims: () => held,
  };
}
