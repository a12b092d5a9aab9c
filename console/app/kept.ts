/** What the browser keeps for next time. A browser that keeps nothing is no fault. */
const nameOf = (name: string): string => `stoa.${name}`;

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(nameOf(name));
  } catch {
    return null;
  }
}

/** @param value null forgets it */
export function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(nameOf(name));
    else localStorage.setItem(nameOf(name), value);
  } catch {
    // private windows keep nothing: then it holds for this page
  }
}
