/** What a mall says when it refuses, read for a person. */
import type { Answer } from "./http";

function jsonOf(body: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body)) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

/** The last part of what may be a URL: `https://…/problems/NOT_FOUND` is `NOT_FOUND`. */
const lastPart = (type: unknown): string => (typeof type === "string" ? (type.split(/[/:#]/).at(-1) ?? "") : "");

/** The type and the detail of an `application/problem+json` body, or what can be said without one. */
export function problemOf({ status, body }: Pick<Answer, "status" | "body">): { type: string; detail: string } {
  const { type, detail, title } = jsonOf(body);
  const said = [detail, title, body.slice(0, 300)].find((text) => typeof text === "string" && text !== "");
  return {
    type: lastPart(type) || `HTTP_${status}`,
    detail: (said as string | undefined) ?? `The mall said ${status}.`,
  };
}
