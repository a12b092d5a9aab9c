/** The type of what the page itself finds wrong, and tells in its own words. */
export const HERE = "";

/** What went wrong, as the mall told it (RFC 9457), or as the browser did. */
export class Problem extends Error {
  override readonly name = "Problem";

  /**
   * @param type `NOT_FOUND`; `UNREACHABLE` where the mall did not answer at all; HERE for one of the page itself
   * @param detail for a person, in `language`; of HERE in the page's language
   * @param data whatever else the problem told
   */
  constructor(
    readonly type: string,
    readonly status: number,
    readonly detail: string,
    readonly data: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }

  /** In which the detail is. */
  get language(): string {
    const { language } = this.data;
    return typeof language === "string" ? language : "en";
  }
}

const fieldsOf = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};

/** `urn:stoa:refusal:NOT_FOUND` → `NOT_FOUND` */
export function problemOf(status: number, body: unknown, language?: string): Problem {
  const { type, detail, ...data } = fieldsOf(body);
  const name = typeof type === "string" ? (type.split(":").at(-1) ?? "") : "";
  const words = typeof detail === "string" ? detail : `The mall answered with status ${status}.`;
  return new Problem(name === "" ? `HTTP_${status}` : name, status, words, {
    ...data,
    ...(language !== undefined && { language }),
  });
}

export const unreachable = (): Problem =>
  new Problem("UNREACHABLE", 0, "The mall cannot be reached. Is your connection up?");

export const isProblem = (error: unknown, ...types: readonly string[]): error is Problem =>
  error instanceof Problem && (types.length === 0 || types.includes(error.type));
