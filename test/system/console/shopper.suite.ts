/** What a shopper does: from a product to an order, what is proposed, and how one begins to sell. */
import type { Response } from "playwright-core";
import { faultsOf, shoot } from "../../support/browser";
import { eventually } from "../../support/eventually";
import { settled, to, type Stage } from "./stage";

/** What a page tells of its visitor. */
const telling = (response: Response): { readonly consent?: boolean } =>
  response.request().postDataJSON() as { readonly consent?: boolean };

export function shopping(stage: () => Stage): void {
  it("takes a shopper from a product to an order", async () => {
    const { shopper } = stage();
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

  it("asks for nothing of somebody's own before it is known who asks: no page is turned away", async () => {
    const { shopper } = stage();
    const turnedAway: string[] = [];
    const note = (response: Response): void => {
      if ([401, 403].includes(response.status())) turnedAway.push(response.url());
    };
    await to(shopper, "/orders");
    const order = (await shopper.locator(".order-row a").first().getAttribute("href")) ?? "";
    shopper.on("response", note);
    await shopper.goto(new URL(order, shopper.url()).href);
    await shopper.locator(".order-lines").waitFor();
    shopper.off("response", note);
    expect(turnedAway).toEqual([]);
  });

  it("names the collection that is looked at, and shows what is rated best first", async () => {
    const { shopper } = stage();
    await to(shopper, "/search");
    const way = shopper.locator(".collections a").first();
    const name = await way.innerText();
    await way.click();
    await shopper.getByRole("heading", { level: 1, name }).waitFor();
    expect(await shopper.title()).toContain(name);
    await to(shopper, "/search?sort=rating");
    await shopper.locator(".card").first().locator(".rated").waitFor();
    await to(shopper, "/search?ratingMin=4");
    const [cards, rated] = [shopper.locator(".card"), shopper.locator(".card .rated")];
    await rated.first().waitFor();
    expect(await rated.count()).toBe(await cards.count());
  });

  it("shows a page after the other, none of them twice, and begins anew with another question", async () => {
    const { shopper, mall } = stage();
    await shopper.goto(`${mall.url}/search?inStock=true`);
    const cards = shopper.locator(".cards .card");
    await cards.first().waitFor();
    const first = await cards.count();
    await shopper.locator(".more button").click();
    await eventually("the next page", async () => (await cards.count()) > first);
    const each = await cards.all();
    const links = await Promise.all(each.map((card) => card.locator("a").first().getAttribute("href")));
    expect(new Set(links).size).toBe(await cards.count());
    await to(shopper, "/search?inStock=true&sort=price-desc");
    await eventually("the first page alone", async () => (await cards.count()) === first);
    expect(await faultsOf(shopper)).toEqual([]);
  });

  it("narrows by a range of prices, to as many as were counted", async () => {
    const { shopper } = stage();
    await to(shopper, "/search?q=lamp");
    const range = shopper.locator(".facet li", { hasText: " – " }).first();
    const count = await range.locator("small").innerText();
    await range.getByRole("checkbox").check();
    await shopper.waitForURL((url) => url.searchParams.has("priceMin") && url.searchParams.has("priceMax"));
    const told = shopper.getByRole("status").filter({ hasText: new RegExp(`^${count} products?`) });
    await told.waitFor();
    expect(await faultsOf(shopper)).toEqual([]);
  });

  it("narrows by a range of an attribute, said in its unit, to as many as were counted", async () => {
    const { shopper, mall } = stage();
    // loaded anew: what was found before is not on the page any more, nor are its facets
    await shopper.goto(`${mall.url}/search`);
    await settled(shopper);
    // of prices there is no unit behind a narrow space
    const ranged = /\d – [\d.,]+\u202f\S+/;
    const facet = shopper
      .locator(".filters details", { has: shopper.locator(".facet li", { hasText: ranged }) })
      .first();
    // those that stand further down are closed
    if ((await facet.getAttribute("open")) === null) await facet.locator("summary").click();
    const range = facet.locator(".facet li", { hasText: ranged }).first();
    const [said, count] = [await range.locator("label").innerText(), await range.locator("small").innerText()];
    await range.getByRole("checkbox").check();
    await shopper.waitForURL((url) => url.searchParams.has("range"));
    await shopper
      .getByRole("status")
      .filter({ hasText: new RegExp(`^${count} products?`) })
      .waitFor();
    const unit = said.slice(said.indexOf("\u202f"));
    const chosen = shopper.locator(".chosen button", { hasText: unit });
    await chosen.click();
    await chosen.waitFor({ state: "detached" });
    expect(new URL(shopper.url()).searchParams.has("range")).toBe(false);
    expect(await faultsOf(shopper)).toEqual([]);
  });

  it("leads into a section of the mall, which holds what it says, and out again", async () => {
    const { shopper, ask, mall } = stage();
    const [slug, name] = ["corner", "The bright corner"];
    await ask("POST", "/v1/sections", { slug, name: { en: name }, view: { q: "lamp" } });
    const totalIn = async (): Promise<number> =>
      (await ask<{ total: number }>("GET", `/v1/products?section=${slug}`)).total;
    await eventually("the section is open", async () => (await totalIn()) > 0);
    // which sections there are, a page asks when it is loaded
    await shopper.goto(`${mall.url}/search?sort=newest`);
    const link = shopper.getByRole("navigation", { name: "Sections" }).getByRole("link", { name });
    await link.click();
    await shopper.getByRole("heading", { level: 1, name }).waitFor();
    expect(new URL(shopper.url()).searchParams.get("section")).toBe(slug);
    await shopper
      .getByRole("status")
      .filter({ hasText: new RegExp(`^${await totalIn()} products?`) })
      .waitFor();
    expect(await faultsOf(shopper)).toEqual([]);
    await shoot(shopper, "section");
    await link.click();
    await shopper.getByRole("heading", { level: 1, name }).waitFor({ state: "detached" });
    expect(new URL(shopper.url()).searchParams.has("section")).toBe(false);
  });

  it("goes by what somebody looks at only once they agreed, and says because of what", async () => {
    const { open, mall } = stage();
    const page = await open();
    await page.goto(mall.url);
    await page.getByRole("heading", { name: "Just arrived" }).waitFor();
    await page.locator(".card a").first().click();
    await page.locator(".price-history").waitFor();
    await to(page, "/");
    await page.getByRole("heading", { name: "What others look at" }).waitFor();
    expect(await page.getByRole("heading", { name: /^Because you looked at/ }).count()).toBe(0);
    await page.getByRole("button", { name: "Yes, please" }).click();
    // what was seen before is told as it was then, and may arrive later
    const toldOpenly = (response: Response): boolean =>
      response.url().endsWith("/v1/events") && response.ok() && telling(response).consent === true;
    await Promise.all([page.waitForResponse(toldOpenly), page.locator(".card a").first().click()]);
    await to(page, "/");
    await page.getByRole("heading", { name: /^Because you looked at/ }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await shoot(page, "because");
    await page.context().close();
  });

  it("leads somebody who wants to sell through the application", async () => {
    const { shopper, open, links } = stage();
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
    // at another device, where nothing of it is kept
    const elsewhere = await open();
    await elsewhere.goto(links.shop);
    await elsewhere.waitForURL((url) => url.pathname !== "/sign-in");
    await to(elsewhere, "/sell");
    await elsewhere.getByLabel("Registered name").waitFor({ state: "attached" });
    expect(await elsewhere.getByLabel("Registered name").inputValue()).toBe("Sam Lamps GmbH");
    await elsewhere.context().close();
  });
}
