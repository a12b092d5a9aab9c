/** A line that should hold a JSON object. Pure. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @returns the object, or what is wrong with the line */
export function readJsonLine(line: string): JsonObject | string {
  try {
    const found = JSON.parse(line) as unknown;
    return isObject(found) ? found : "the line holds JSON, but not an object";
  } catch (error) {
    return `the line is not JSON: ${error instanceof Error ? error.message.slice(0, 160) : String(error)}`;
  }
}
