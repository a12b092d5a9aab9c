/** Settings as an environment gives them, read one by one; every fault is noted, so that all are told at once. Pure. */

export type Env = Readonly<Record<string, string | undefined>>;

/** Reads values and notes what is wrong with them. */
export function readerOf(env: Env, faults: string[]) {
  const text = (name: string, fallback?: string): string => {
    const value = env[name] ?? fallback;
    if (value === undefined || value === "") faults.push(`${name} is missing`);
    return value ?? "";
  };
  const check = (name: string, value: string, ok: boolean, wanted: string): string => {
    if (value !== "" && !ok) faults.push(`${name} is "${value}", but must be ${wanted}`);
    return value;
  };
  const url = (name: string, pattern: RegExp): string => {
    const value = text(name);
    return check(name, value, pattern.test(value), `a URL like ${pattern.source.replace(/[\\^()?]/g, "")}…`);
  };
  const whole = (name: string, fallback: number, max: number): number => {
    const value = text(name, String(fallback));
    check(name, value, /^\d+$/.test(value) && Number(value) <= max, `a whole number from 0 to ${max}`);
    return Number(value);
  };
  const optional = (name: string, pattern: RegExp): string | null => (env[name] ? url(name, pattern) : null);
  const yes = (name: string, fallback: "yes" | "no"): boolean => {
    const value = text(name, fallback);
    return check(name, value, value === "yes" || value === "no", "yes or no") === "yes";
  };
  return { text, check, url, whole, optional, yes };
}

export type Reader = ReturnType<typeof readerOf>;
