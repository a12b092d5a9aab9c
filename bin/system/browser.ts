// Finds a browser for the tests of the console, and installs Chromium where that is allowed. The mall never needs one.
import { existsSync } from "node:fs";
import { aptCommands, has, install, mayRun, offeredByApt, typed, type Installer, type Permission } from "./packages";

export interface BrowserRequest {
  readonly permission: Permission;
  readonly log: (line: string) => void;
}

const PLACES = [
  ...["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
  ...["/Applications/Chromium.app/Contents/MacOS/Chromium"],
  ...["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
];

/** The first that is there. */
export const findBrowser = (places: readonly string[] = PLACES): string | undefined =>
  places.find((place) => existsSync(place));

async function installers({ isRoot }: Permission): Promise<Installer[]> {
  const ways: Installer[] = [];
  if ((await offeredByApt(["chromium"], { isRoot })) !== undefined) {
    ways.push({ manager: "apt", commands: aptCommands(["chromium"], isRoot) });
  }
  if (await has("brew", ["--version"])) {
    ways.push({ manager: "brew", commands: [["brew", "install", "--cask", "chromium"]] });
  }
  return ways;
}

/** Never fails: what is missing is told, and told again by the suites that need it. */
export async function provideBrowser({ permission, log }: BrowserRequest): Promise<void> {
  if (findBrowser() !== undefined) return;
  const ways = await installers(permission);
  const [way] = ways.filter(({ manager }) => mayRun(manager, permission));
  if (way === undefined) {
    const todo = ways.slice(0, 1).flatMap(typed).join(" && ") || "install Chromium";
    log(`A browser (Chromium) is missing: the suites of the console will fail. Type: ${todo}`);
    return;
  }
  log(`Chromium is missing; installing it with ${way.manager}`);
  await install(way, log).catch((fault: unknown) => log(String(fault)));
}
