/** The answer of `/health/ready` for a person: one line per check. Pure. */

const CHECKS_MAX = 50;

interface Check {
  readonly name?: unknown;
  readonly ok?: unknown;
  readonly detail?: unknown;
}

const lineOf = ({ name, ok, detail }: Check): string =>
  `  ${ok === true ? "ok     " : "NOT OK "} ${String(name)}: ${String(detail)}`;

function checksOf(body: string): readonly Check[] {
  try {
    const { checks } = Object(JSON.parse(body)) as { checks?: unknown };
    return Array.isArray(checks) ? checks.slice(0, CHECKS_MAX).map((check) => Object(check) as Check) : [];
  } catch {
    return [];
  }
}

export function healthText(url: string, { status, body }: { status: number; body: string }): string {
  const head = status === 200 ? `The mall at ${url} is ready.` : `The mall at ${url} is NOT ready (${status}).`;
  return [head, ...checksOf(body).map(lineOf)].join("\n");
}
