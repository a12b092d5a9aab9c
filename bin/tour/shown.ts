/**
 * How the tour shows requests and answers: as curl lines that work when pasted, with names in the place of what is
 * different in every mall. Pure.
 */

export interface Request {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With its query. */
  readonly path: string;
  readonly body?: object;
  /** Name of the variable that holds who asks: `SELLER`. */
  readonly as?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is different in every mall, by the name under which it is shown. */
export type Names = ReadonlyMap<string, string>;

const ANSWER_CHARS_MAX = 400;

/** Longest first, so that a name never stands in the middle of a longer value. */
function named(text: string, names: Names, mark: (name: string) => string): string {
  const values = [...names].filter(([, value]) => value !== "").sort(([, a], [, b]) => b.length - a.length);
  return values.reduce((shown, [name, value]) => shown.replaceAll(value, mark(name)), text);
}

/** Between single quotes the shell leaves everything as it is, but a quote: which is closed, escaped, and opened. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** `curl -X PUT "$MALL/v1/offers/$OFFER/price" -H "$SELLER" -H "$JSON" -d '{"price":…}'` */
export function curlLine({ method, path, body, as, headers = {} }: Request, names: Names): string {
  const verb = method === (body === undefined ? "GET" : "POST") ? [] : ["-X", method];
  const said = (value: string): string => named(value.replaceAll('"', '\\"'), names, (name) => `$${name}`);
  const more = Object.entries(headers).map(([name, value]) => `-H "${name}: ${said(value)}"`);
  return [
    "curl",
    ...verb,
    `"$MALL${named(path, names, (name) => `$${name}`)}"`,
    ...(as === undefined ? [] : [`-H "$${as}"`]),
    ...more,
    ...(body === undefined ? [] : ['-H "$JSON"', "-d", named(quoted(JSON.stringify(body)), names, (n) => `'$${n}'`)]),
  ].join(" ");
}

/** A JSON answer on one line, cut where it becomes long. */
export function answerLine(status: number, body: unknown, names: Names): string {
  const text = body === undefined ? "" : named(JSON.stringify(body), names, (name) => `$${name}`);
  return `${status} ${text.length > ANSWER_CHARS_MAX ? `${text.slice(0, ANSWER_CHARS_MAX)}…` : text}`.trimEnd();
}

export const plainLine = (text: string, names: Names): string => named(text, names, (name) => `$${name}`);

/** What remains different from run to run is put into one form, so that two outputs can be compared. */
export const normalised = (output: string): string =>
  output
    .replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g, "<time>")
    .replace(/\b[0-9a-f]{64}\b/g, "<hash>")
    .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:<port>")
    .replace(/\b\d[\d,.]* (s|ms|histories|changes|sources|%)/g, "<n> $1")
    .replace(/\b[a-z0-9]{20,64}\b/g, "<id>");
