/** What the browser keeps for next time. A browser that keeps nothing is no fault. */
const nameOf = (name: string): string => `stoa.${name}`;

/** By its whole name, as another script of the mall wrote it. */
export function keptAs(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export const kept = (name: string): string | null => keptAs(nameOf(name));

/** @param value null forgets it */
export function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(nameOf(name));
    else localStorage.setItem(nameOf(name), value);
  } catch {
    // private windows keep nothing: then it holds for this page
  }
}
