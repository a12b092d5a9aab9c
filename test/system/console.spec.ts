/** The console in a real browser, over a whole mall: what each role does, for every eye, by keyboard, and how fast. */
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { pages, type Area } from "../../console/app/pages";
import { contrastFaultsOf, faultsOf, listen, openBrowser, shoot } from "../support/browser";
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

/** Where a link to one is found, for each address that names a thing. */
const FOUND_AT: Readonly<Record<string, readonly [page: string, link: string]>> = {
  "/product/{id}": ["/search?q=lamp", ".card a"],
  "/orders/{id}": ["/orders", ".order-row a"],
  "/seller/orders/{id}": ["/seller/orders", "tbody a"],
  "/admin/orders/{id}": ["/admin/orders", "tbody a"],
  "/admin/time/{aggregate}/{id}": ["/admin/sellers", "tbody a"],
};

/** An address of the pattern that there is; a new page with a name in it needs a line above. */
async function exampleOf(page: Page, pattern: string): Promise<string> {
  if (!pattern.includes("{")) return pattern === "/search" ? "/search?q=lamp&why=yes" : pattern;
  const [place, link] = FOUND_AT[pattern] ?? [];
  if (place === undefined || link === undefined) throw new Error(`FOUND_AT lacks ${pattern}`);
  await to(page, place);
  return (await page.locator(link).first().getAttribute("href")) ?? "";
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
  const roles: [string, () => Page, readonly Area[]][] = [
    ["shopper", () => shopper, ["shop", "account"]],
    ["seller", () => seller, ["seller"]],
    ["admin", () => admin, ["admin"]],
  ];

  it.each(roles)(
    "to axe, in the light and in the dark, and at 375 px: each page of the %s",
    async (role, pageOf, areas) => {
      const page = pageOf();
      const faults: string[] = [];
      for (const { pattern, area } of pages) {
        if (!areas.includes(area)) continue;
        const address = await exampleOf(page, pattern);
        await to(page, address);
        faults.push(...(await faultsOf(page)).map((fault) => `${address}: ${fault}`));
        await page.emulateMedia({ colorScheme: "dark" });
        faults.push(...(await contrastFaultsOf(page)).map((fault) => `${address} in the dark: ${fault}`));
        await page.emulateMedia({ colorScheme: "light" });
        await page.setViewportSize(NARROW);
        const width = await page.evaluate<number>("document.documentElement.scrollWidth");
        if (width > NARROW.width) faults.push(`${address} is ${width} px wide`);
        await shoot(page, `${role}${pattern.replace(/\W+/g, "-")}-375`);
        await page.setViewportSize(WIDE);
        await shoot(page, `${role}${pattern.replace(/\W+/g, "-")}`);
      }
      expect(faults).toEqual([]);
    },
    120_000,
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

it("goes by what somebody looks at only once they agreed, and says because of what", async () => {
  const page = await open();
  await page.goto(mall.url);
  await page.getByRole("heading", { name: "Just arrived" }).waitFor();
  await page.locator(".card a").first().click();
  await page.locator(".price-history").waitFor();
  await to(page, "/");
  await page.getByRole("heading", { name: "What others look at" }).waitFor();
  expect(await page.getByRole("heading", { name: /^Because you looked at/ }).count()).toBe(0);
  await page.getByRole("button", { name: "Yes, please" }).click();
  const [told] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith("/v1/events") && response.ok()),
    page.locator(".card a").first().click(),
  ]);
  expect(told.request().postDataJSON()).toMatchObject({ consent: true });
  await to(page, "/");
  await page.getByRole("heading", { name: /^Because you looked at/ }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await shoot(page, "because");
  await page.context().close();
});

it("leads somebody who wants to sell through the application", async () => {
  await to(shopper, "/sell");
  await shopper.getByLabel("Name of your shop").fill("Sam's Lamps");
  await shopper.getByRole("button", { name: "Begin the application" }).click();
  await shopper.getByText("Give the registered name and the address.").waitFor();
  await shopper.getByLabel("Registered name").fill("Sam Lamps GmbH");
  await shopper.getByLabel("Street and number").fill("Lindenweg 4");
  await shopper.getByLabel("Postal code").fill("10115");
  await shopper.getByLabel("City").fill("Berlin");
  await shopper.getByRole("button", { name: "Save" }).first().click();
  await shopper.getByText("Give the registered name and the address.").waitFor({ state: "detached" });
  expect(await faultsOf(shopper)).toEqual([]);
});

it("changes many prices at once, and brings in a file with a report", async () => {
  await to(seller, "/seller/listings");
  const ticks = seller.getByRole("checkbox");
  const skus = await seller.locator("tbody td:nth-child(2) a").allInnerTexts();
  await ticks.nth(0).check();
  await ticks.nth(1).check();
  await seller.getByLabel("By percent").fill("-5");
  await seller.getByRole("button", { name: "Change the prices" }).click();
  await seller.getByText("2 done, 0 not.").waitFor();
  await seller.getByText("Bring in prices and stock from a file").click();
  const csv = `sku,price,stock\n${skus[2] ?? ""},12.50,\nNO-SUCH,1,2\n`;
  const file = { name: "prices.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
  await seller.getByLabel("File (CSV)").setInputFiles(file);
  await seller.getByRole("button", { name: "Bring in 2 rows" }).click();
  await seller.getByText("1 done, 1 not.").waitFor();
  await seller.getByText("You have no article NO-SUCH.").waitFor();
  expect(await faultsOf(seller)).toEqual([]);
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

it("asks another policy of the past before it holds", async () => {
  await to(admin, "/admin/policy");
  await admin.getByRole("slider", { name: "A person looks at it from" }).focus();
  await admin.keyboard.press("Home");
  await admin.getByRole("button", { name: "Try it on the past" }).click();
  await admin.getByRole("heading", { name: /^Of the last/ }).waitFor();
  expect(await faultsOf(admin)).toEqual([]);
});

it("has said nothing in the browser's console that it should not", () => expect(heard).toEqual([]));
