/** A whole mall with its three people in a real browser, for the specs of the console: one for all of them. */
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { readSecret } from "../../../bin/folder/folder";
import { issueToken } from "../../../services/gateway/tokens";
import { listen, openBrowser } from "../../support/browser";
import { searchingIn, searchUnderTest, type SearchUnderTest } from "../../support/elasticsearch";
import { testFolder, type TestFolder } from "../../support/folder";
import { startMall, type RunningMall } from "../../support/mall";
import { startOpenIdProvider, type OpenIdProvider } from "../../support/openid";

export const NARROW = { width: 375, height: 720 };
export const WIDE = { width: 1280, height: 860 };

export interface Stage {
  readonly mall: RunningMall;
  readonly links: Readonly<Record<"shop" | "sell" | "run", string>>;
  readonly shopper: Page;
  readonly seller: Page;
  readonly admin: Page;
  readonly browser: Browser;
  /** Somebody whom nobody knows. */
  readonly open: (options?: Parameters<Browser["newContext"]>[0]) => Promise<Page>;
  /** Past the console, as whoever may do everything. @throws Error with what the mall says */
  readonly ask: <T>(method: string, path: string, body?: object) => Promise<T>;
  /** What the browser's console has said that it should not. */
  readonly heard: readonly string[];
}

interface Opened extends Stage {
  readonly folder: TestFolder;
  readonly search: SearchUnderTest;
  readonly provider: OpenIdProvider;
}

export async function settled(page: Page): Promise<void> {
  await page.locator("main h1").first().waitFor();
  await page.locator(".waiting, .busy").first().waitFor({ state: "detached" });
}

/** Another address of the console, without loading it anew. */
export async function to(page: Page, address: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, "", ${JSON.stringify(address)}); dispatchEvent(new PopStateEvent("popstate"))`,
  );
  await settled(page);
}

async function openStage(): Promise<Opened> {
  // first: where there is none, nothing was started that would be left behind
  const browser = await openBrowser();
  const folder = await testFolder();
  const search = await searchUnderTest();
  const provider = await startOpenIdProvider();
  const mall = await startMall({
    env: { ...searchingIn(search), ...provider.env },
    dataDir: path.join(folder.path, "data"),
    args: ["--products", "100"],
    readyWithinMs: 200_000,
  });
  const [shop = "", sell = "", run = ""] = mall.out().match(/http\S+\/sign-in#enter=\S+/g) ?? [];
  const heard: string[] = [];
  const open: Stage["open"] = async (options = {}) => {
    const context: BrowserContext = await browser.newContext({ viewport: WIDE, reducedMotion: "reduce", ...options });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    listen(page, heard);
    return page;
  };
  const token = issueToken((await readSecret(mall.dataDir)) ?? "", { id: "tester", permissions: ["*"] });
  const ask: Stage["ask"] = async <T>(method: string, address: string, body?: object): Promise<T> => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const response = await fetch(mall.url + address, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer;
  };
  const enter = async (link: string): Promise<Page> => {
    const page = await open();
    await page.goto(link);
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    return page;
  };
  const [shopper, seller, admin] = await Promise.all([enter(shop), enter(sell), enter(run)]);
  const links = { shop, sell, run };
  return { folder, search, provider, mall, browser, links, shopper, seller, admin, open, ask, heard };
}

/** To be called once, at the top of the spec. @returns the stage, once the first test runs */
export function withStage(): () => Stage {
  let stage: Opened | null = null;
  beforeAll(async () => {
    stage = await openStage();
  }, 260_000);
  afterAll(async () => {
    await stage?.browser.close();
    await stage?.mall.stop();
    await stage?.provider.stop();
    await stage?.search.stop();
    await stage?.folder.remove();
  });
  return () => {
    if (stage === null) throw new Error("the mall has not been started");
    return stage;
  };
}
