/** Where we are, by the browser's own history: every page has an address that can be sent to somebody. */
import type { ComponentChildren } from "preact";
import { createStore, useStore } from "./store";

export interface Place {
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
}

const here = (): Place => ({ path: location.pathname, search: location.search });

export const place = createStore<Place>(here());

export function watchPlace(): void {
  window.addEventListener("popstate", () => place.set(here()));
}

/** @param replace the page before is not one to come back to */
export function go(url: string, { replace = false } = {}): void {
  if (url === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  const before = place.get();
  place.set(here());
  if (place.get().path !== before.path) window.scrollTo(0, 0);
}

export const usePlace = (): Place => useStore(place);

export const queryOf = ({ search }: Place): URLSearchParams => new URLSearchParams(search);

/** `/product/{id}` against `/product/x` → `{ id: "x" }`; null where it does not fit. `*` takes all that follows. */
export function matched(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const [want, have] = [pattern.split("/"), path.replace(/(?<=.)\/$/, "").split("/")];
  if (want.length !== have.length) return null;
  const found: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const value = have[i] ?? "";
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
    if (name !== undefined) found[name] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return found;
}

interface LinkProps {
  readonly to: string;
  readonly children?: ComponentChildren;
  readonly class?: string;
  readonly "aria-label"?: string;
  readonly "aria-current"?: "page" | undefined;
}

const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

/** A link within the console: an ordinary one for everything but a plain click. */
export function Link({ to, children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (!isPlain(event)) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a {...rest} href={to} onClick={follow}>
      {children}
    </a>
  );
}
