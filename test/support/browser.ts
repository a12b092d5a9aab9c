/** A real browser, headless, and what the console's test asks of every page. */
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { findBrowser } from "../../bin/system/browser";
import { projectRoot } from "../../embedded/root";

const SHOTS = path.join(projectRoot(), "test/artefacts/console");

export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    throw new Error("The console is tested in a real browser, and none is here: apt-get install chromium");
  }
  await mkdir(SHOTS, { recursive: true });
  // the tests' container may run as root, where Chromium's own sandbox cannot
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** Kept beside the tests, not in git. */
export const shoot = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
};

interface AxeFound {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

let axe: string | null = null;

const EVERYTHING = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] };
const CONTRAST = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** A colour on its way to another is no fault: what ends by itself is waited for, what goes on for ever is not. */
const AT_REST = `Promise.allSettled(document.getAnimations()
  .filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime))
  .map((each) => each.finished))`;

async function found(page: Page, runOnly: typeof EVERYTHING): Promise<string[]> {
  axe ??= await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  // through the debugger, for the page's policy lets no script in; once for each document
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe);
  await page.evaluate(AT_REST);
  const run = `axe.run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ["violations"] })`;
  const { violations } = await page.evaluate<AxeFound>(run);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = "" }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** What axe finds against WCAG 2.1 A and AA, in words; nothing for a page without faults. */
export const faultsOf = (page: Page): Promise<string[]> => found(page, EVERYTHING);

/** Of a page that differs from one without faults in its colours alone. */
export const contrastFaultsOf = (page: Page): Promise<string[]> => found(page, CONTRAST);

/** Adds what a page may not say in its console: a broken policy, an exception, a file that is missing. */
export function listen(page: Page, heard: string[]): void {
  page.on("pageerror", (error) => heard.push(error.message));
  page.on("console", (message) => {
    const { text, type } = { text: message.text(), type: message.type() };
    // a refusal of the mall is an answer, and the page tells it to the person
    if (type === "error" && !text.includes("status of 4")) heard.push(text);
  });
}
