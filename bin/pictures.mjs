// Takes the pictures of the README from a running mall: node bin/pictures.mjs LINK-SHOP LINK-SELL LINK-RUN, the links
// that the start prints. Each is small enough to be read with the text, or nothing is written.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";

const BYTES_MAX = 150_000;
const WARM_ROUNDS = 5;
const SIZE = { width: 1280, height: 800 };
const docs = path.join(import.meta.dirname, "..", "docs");

async function take(page, name) {
  // what moves is over, what is loaded is there
  await page.locator(".waiting, .busy").first().waitFor({ state: "detached" });
  await page.evaluate(() =>
    Promise.all([...document.images].map((image) => image.loading === "lazy" || image.decode())),
  );
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 72 });
  const bytes = Buffer.from(data, "base64");
  if (bytes.length > BYTES_MAX) throw new Error(`${name} has ${bytes.length} bytes, ${BYTES_MAX} are the bound`);
  await writeFile(path.join(docs, `${name}.webp`), bytes);
  console.log(`${name}: ${bytes.length} bytes`);
}

async function enter(browser, link) {
  const context = await browser.newContext({ viewport: SIZE, reducedMotion: "reduce", locale: "en-GB" });
  await context.addInitScript(() => localStorage.setItem("stoa-consent", "yes"));
  const page = await context.newPage();
  await page.goto(link);
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  return page;
}

async function shopPictures(page) {
  const { origin } = new URL(page.url());
  await take(page, "console-shop");
  await page.goto(`${origin}/search?q=lamp&why=yes`);
  await page.locator(".why").first().waitFor();
  // a mall that was started a moment ago answers its first questions more slowly than any other
  for (let round = 0; round < WARM_ROUNDS; round++) {
    await page.reload();
    await page.locator(".why").first().waitFor();
  }
  await page.locator(".top-tools .wide").waitFor();
  await take(page, "console-search");
  const thing = await page.locator(".card a").first().getAttribute("href");
  await page.goto(origin + thing);
  await page.locator(".price-history").waitFor();
  await page.locator(".top-tools .wide").waitFor();
  await take(page, "console-product");
}

/** A draft with what is proposed for it: what it may be already, and where it belongs. */
async function listingPicture(page) {
  const { origin } = new URL(page.url());
  await page.goto(`${origin}/search?q=lamp`);
  const known = await page.locator(".card a").first().innerText();
  await page.goto(`${origin}/seller/listings/new`);
  await page.getByLabel("Title").fill(known);
  await page.getByLabel("Article").fill("LAMP-1");
  await page.getByLabel(/^Price/).fill("24.90");
  await page.getByRole("button", { name: "Look it over" }).click();
  await page.getByRole("radio").first().waitFor();
  await page.getByRole("radio").last().scrollIntoViewIfNeeded();
  await take(page, "console-listing");
}

const [shop, sell, run] = process.argv.slice(2);
if (run === undefined) throw new Error("node bin/pictures.mjs LINK-SHOP LINK-SELL LINK-RUN, as the start prints them");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  await shopPictures(await enter(browser, shop));
  const seller = await enter(browser, sell);
  await seller.locator(".live-dot.on").waitFor();
  await seller.locator(".chart canvas").waitFor();
  await take(seller, "console-seller");
  await listingPicture(seller);
  const admin = await enter(browser, run);
  await admin.goto(`${new URL(run).origin}/admin/orders`);
  // an order that has come far has been through much
  const order = await admin
    .getByRole("row")
    .filter({ hasText: "arrived" })
    .first()
    .getByRole("link")
    .getAttribute("href");
  await admin.goto(`${new URL(run).origin}${order.replace("/admin/orders", "/admin/time/order")}`);
  await admin.locator("input[type=range]").waitFor();
  await take(admin, "console-time");
} finally {
  await browser.close();
}
