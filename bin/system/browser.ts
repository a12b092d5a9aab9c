// Finds the browser in which the console is tested, and has apt install one where that is allowed. The mall never needs
// it: only the specs of the console do, so its absence stops nothing else.
import { existsSync } from "node:fs";
import { aptCommands, install, mayRun, offeredByApt, type Permission } from "./packages";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const PACKAGE = "chromium";

export interface BrowserRequest {
  readonly permission: Permission;
  readonly log: (line: string) => void;
}

export const GET_BROWSER = "The console is tested in a real browser, and none is here: apt-get install chromium";

/** The first that is there; undefined when there is none. */
export const findBrowser = (): string | undefined => PLACES.find((place) => existsSync(place));

/** Never fails: what is missing is told, and told again by the specs that need it. */
export async function provideBrowser({ permission, log }: BrowserRequest): Promise<void> {
  if (findBrowser() !== undefined) return;
  if (!mayRun("apt", permission) || (await offeredByApt([PACKAGE])) === undefined) {
    log(GET_BROWSER);
    return;
  }
  log("a browser is missing; installing it with apt");
  const apt = { manager: "apt", commands: aptCommands([PACKAGE], permission.isRoot) } as const;
  await install(apt, log).catch((fault: unknown) => log(String(fault)));
}
