/** The console in a real browser, over a whole mall: what each role does, for every eye, by keyboard, and how fast. */
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { faultsOf, listen, openBrowser, shoot } from "../support/browser";
import { testFolder, type TestFolder } from "../support/folder";
import { startMall, type RunningMall } from "../support/mall";

const FIRST_LOAD_MAX_BYTES = 200_000;
const INTERACTIVE_MAX_MS = 1_000;
const NARROW = { width: 375, height: 720 };
const WIDE = { width: 1280, height: 860 };

let folder: TestFolder;
let mall: RunningMall;
let browser: Browser;
let links: Record<"shop" | "sell" | "run", string>;
let shopper: Page;
let seller: Page;
let admin: Page;
const heard: string[] = [];

async function open(options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: WIDE, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  heard.push(...listen(page));
  return page;
}

async function enter(link: string): Promise<Page> {
  const page = await open();
  await page.goto(link);
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  return page;
}

/** Another address of the console, without loading it anew. */
async function to(page: Page, address: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, "", ${JSON.stringify(address)}); dispatchEvent(new PopStateEvent("popstate"))`,
  );
  await settled(page);
}

async function settled(page: Page): Promise<void> {
  await page.locator("main h1").first().waitFor();
  await page.locator(".waiting, .busy").first().waitFor({ state: "detached" });
}

beforeAll(async () => {
  folder = await testFolder();
  mall = await startMall({
    dataDir: path.join(folder.path, "data"),
    args: ["--products", "100"],
    readyWithinMs: 200_000,
  });
  const [shop = "", sell = "", run = ""] = mall.out().match(/http\S+\/sign-in#enter=\S+/g) ?? [];
  links = { shop, sell, run };
  browser = await openBrowser();
  [shopper, seller, admin] = await Promise.all([enter(shop), enter(sell), enter(run)]);
}, 260_000);

afterAll(async () => {
  await browser.close();
  await mall.stop();
  await folder.remove();
});

it("lets its people in by the links that the start prints, and takes the link out of the address", () => {
  expect(Object.values(links).every((link) => link !== "")).toBe(true);
  expect([shopper, seller, admin].map((page) => new URL(page.url()).pathname)).toEqual(["/", "/seller", "/admin"]);
  expect([shopper, seller, admin].map((page) => new URL(page.url()).hash)).toEqual(["", "", ""]);
});

it("loads little, and can soon be used", async () => {
  const page = await open();
  let bytes = 0;
  const sizes: Promise<void>[] = [];
  page.on("response", (response) => {
    if (!/\/console\/|\/$/.test(response.url())) return;
    const add = async (): Promise<void> => {
      const { responseBodySize } = await response.request().sizes();
      bytes += responseBodySize;
    };
    sizes.push(add());
  });
  const usable = async (): Promise<number> => {
    await page.goto(mall.url);
    await page.getByRole("combobox").waitFor();
    return page.evaluate<number>("performance.now()");
  };
  const first = await usable();
  await settled(page);
  await Promise.all(sizes);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(FIRST_LOAD_MAX_BYTES);
  // the machine may be busy with something else once
  const times = [first, await usable(), await usable()];
  expect(Math.min(...times)).toBeLessThan(INTERACTIVE_MAX_MS);
  await page.context().close();
});

describe("every page is for everybody", () => {
  const pages: [string, () => Page, string[]][] = [
    ["shopper", () => shopper, ["/", "/search?q=lamp", "/search?q=lamp&why=yes", "/cart", "/orders", "/account"]],
    ["seller", () => seller, ["", "/orders", "/listings", "/stock", "/returns", "/money"].map((of) => `/seller${of}`)],
    [
      "admin",
      () => admin,
      [
        "",
        "/time",
        "/approvals",
        "/orders",
        "/sellers",
        "/decisions",
        "/models",
        "/denials",
        "/jobs",
        "/health",
        "/analytics",
      ].map((of) => `/admin${of}`),
    ],
  ];

  it.each(pages)(
    "to axe, in the light and in the dark, and at 375 px: %s",
    async (role, pageOf, addresses) => {
      const page = pageOf();
      const faults: string[] = [];
      for (const address of addresses) {
        await to(page, address);
        faults.push(...(await faultsOf(page)).map((fault) => `${address}: ${fault}`));
        await page.emulateMedia({ colorScheme: "dark" });
        faults.push(...(await faultsOf(page)).map((fault) => `${address} in the dark: ${fault}`));
        await page.emulateMedia({ colorScheme: "light" });
        await page.setViewportSize(NARROW);
        const width = await page.evaluate<number>("document.documentElement.scrollWidth");
        if (width > NARROW.width) faults.push(`${address} is ${width} px wide`);
        await shoot(page, `${role}${address.replace(/\W+/g, "-")}-375`);
        await page.setViewportSize(WIDE);
        await shoot(page, `${role}${address.replace(/\W+/g, "-")}`);
      }
      expect(faults).toEqual([]);
    },
    90_000,
  );

  it("who is not signed in, and who reads from the right", async () => {
    const page = await open({ locale: "ar" });
    const faults: string[] = [];
    for (const address of ["/", "/search?q=lamp", "/sign-in", "/verify", "/nowhere", "/admin"]) {
      await page.goto(mall.url + address);
      if (address === "/nowhere") continue;
      await settled(page);
      expect(await page.evaluate("[document.documentElement.dir, document.documentElement.lang]")).toEqual([
        "rtl",
        "ar",
      ]);
      faults.push(...(await faultsOf(page)).map((fault) => `${address}: ${fault}`));
      await shoot(page, `arabic${address.replace(/\W+/g, "-")}`);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

it("is used by keyboard alone, and shows where the focus is", async () => {
  const page = await open();
  await page.goto(mall.url);
  await settled(page);
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.className")).toBe("skip");
  while ((await page.evaluate("document.activeElement.getAttribute('role')")) !== "combobox") {
    await page.keyboard.press("Tab");
  }
  const outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
  expect(outline).toBe("solid");
  await page.keyboard.type("lamp");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/search?q=lamp");
  await page.locator(".card a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/product/*");
  await page.locator(".buy .main").focus();
  await page.keyboard.press("Enter");
  await page.locator(".notice.good").waitFor();
  await page.context().close();
});

it("takes a shopper from a product to an order", async () => {
  await to(shopper, "/search?q=lamp&inStock=true");
  await shopper.locator(".card a").first().click();
  await shopper.locator(".price-history").waitFor();
  await shoot(shopper, "product");
  await shopper.locator(".buy .main").click();
  await shopper.locator(".notice.good a").click();
  await shopper.locator(".cart-line").first().waitFor();
  // whose cart it is, is known only a moment after the page is there
  await shopper.reload();
  await shopper.locator(".cart-line").first().waitFor();
  await shopper.locator("aside .main").click();
  // the cart knows the address of the orders before, and the cheapest way is chosen
  await shopper.getByText("Lindenweg 4").waitFor();
  await shopper.getByRole("button", { name: /^Buy now/ }).click();
  await shopper.getByRole("heading", { name: "Thank you!" }).waitFor();
  expect(await faultsOf(shopper)).toEqual([]);
});

it("shows a seller what happens as it happens, and lets the goods go", async () => {
  await to(seller, "/seller");
  await seller.locator(".live-dot.on").waitFor();
  await to(seller, "/seller/orders");
  await seller.getByRole("row").filter({ hasText: "placed" }).first().getByRole("link").click();
  await seller.getByLabel("Tracking number").fill("0034 1");
  await seller.getByRole("button", { name: "Everything is on its way" }).click();
  await seller.getByRole("heading", { name: "Parcels" }).waitFor();
  expect(await faultsOf(seller)).toEqual([]);
});

it("lets an admin walk through the life of an offer, and prove a product's versions", async () => {
  await to(admin, "/search?q=lamp");
  const id = (await admin.locator(".card a").first().getAttribute("href"))?.split("/").at(-1) ?? "";
  await to(admin, `/admin/time/product/${id}`);
  const slider = admin.getByRole("slider", { name: "Version" });
  await slider.focus();
  await admin.keyboard.press("Home");
  await admin.getByText("Version 1", { exact: true }).waitFor();
  expect(await slider.getAttribute("aria-valuetext")).toContain("product.create");
  expect(await faultsOf(admin)).toEqual([]);
  await shoot(admin, "time");
  await admin.getByRole("button", { name: "Prove it" }).click();
  await admin.getByText("Unbroken").waitFor();
});

it("lets a second person agree", async () => {
  await to(admin, "/admin/approvals");
  await admin.getByRole("button", { name: "Approve" }).click();
  await admin.getByText("Nothing waits for a second pair of eyes.").waitFor();
});

it("has said nothing in the browser's console that it should not", () => expect(heard).toEqual([]));
