// Finds a Chromium for the tests of the console, and installs Debian's where that is allowed. The mall never needs it:
// only the specs that look at pages do, so its absence stops nothing else.
import { access, constants } from "node:fs/promises";
import { aptCommands, install, mayRun, offeredByApt, type Permission } from "./packages";

/** Where Debian, Ubuntu and others put it. */
export const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export interface BrowserRequest {
  readonly permission: Permission;
  readonly log: (line: string) => void;
}

/** The first browser that may be run; undefined when there is none. */
export async function findBrowser(places: readonly string[] = BROWSERS): Promise<string | undefined> {
  for (const place of places) {
    const runs = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return place;
  }
  return undefined;
}

/** Never fails: what is missing is told, and told again by the specs that need it. */
export async function provideBrowser({ permission, log }: BrowserRequest): Promise<void> {
  if ((await findBrowser()) !== undefined) return;
  const apt = { manager: "apt", commands: aptCommands(["chromium"], permission.isRoot) } as const;
  if (!mayRun("apt", permission) || (await offeredByApt(["chromium"], permission)) === undefined) {
    log("Chromium is missing: the specs of the console will fail. Install it with: sudo apt-get install -y chromium");
    return;
  }
  log("Chromium is missing; installing it with apt for the specs of the console");
  await install(apt, log).catch((fault: unknown) => log(String(fault)));
}
