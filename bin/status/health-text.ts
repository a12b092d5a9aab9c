/** The answer of `/health/ready` for a person: whatever the mall reports of itself, one line per thing. Pure. */

const LINES_MAX = 100;
const DEPTH_MAX = 4;

function linesOf(value: unknown, name: string, depth: number): string[] {
  const indent = "  ".repeat(depth);
  if (typeof value !== "object" || value === null || depth >= DEPTH_MAX) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return [`${indent}${name}: ${text}`];
  }
  const inner = Object.entries(value).flatMap(([key, one]) => linesOf(one, key, depth + 1));
  return [`${indent}${name}`, ...inner];
}

export function healthText(url: string, { status, body }: { status: number; body: string }): string {
  const head = status === 200 ? `The mall at ${url} is ready.` : `The mall at ${url} is NOT ready (${status}).`;
  try {
    const found = JSON.parse(body) as unknown;
    if (typeof found !== "object" || found === null) return head;
    const lines = Object.entries(found).flatMap(([key, value]) => linesOf(value, key, 1));
    return [head, ...lines.slice(0, LINES_MAX)].join("\n");
  } catch {
    return head;
  }
}
