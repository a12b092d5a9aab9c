/** What somebody would like to have: hearts, lists, links, and an alert from asking to its mail and to its end. */
import type { Page } from "playwright-core";
import { faultsOf, shoot } from "../../support/browser";
import { eventually } from "../../support/eventually";
import { settled, to, type Stage } from "./stage";

interface Listed<T> {
  readonly items: readonly T[];
}

/** A product of a seller of the mall, and nothing of it in stock. */
async function soldOut({ ask }: Stage): Promise<{ readonly productId: string; readonly offerId: string }> {
  const { items: channels } = await ask<Listed<{ id: string; currency: string }>>("GET", "/v1/channels");
  const { items: sellers } = await ask<Listed<{ id: string }>>("GET", "/v1/sellers?status=active&limit=1");
  const [channel, seller] = [channels[0], sellers[0]];
  const title = { en: "Lantern that everybody waits for" };
  const product = { title, channels: [channel?.id], publish: true };
  const { id: productId } = await ask<{ id: string }>("POST", "/v1/products", product);
  const price = { amountMinor: 4_900, currency: channel?.currency };
  const offer = { productId, sellerId: seller?.id, sku: "WAITED-FOR", price, condition: "new" };
  const { id: offerId } = await ask<{ id: string }>("POST", "/v1/offers", offer);
  return { productId, offerId };
}

/** The page of a product, once the read side knows it and what it costs. */
async function openProduct(page: Page, url: string, productId: string): Promise<void> {
  await eventually("the product is there to look at", async () => {
    const response = await fetch(`${url}/v1/products/${productId}`);
    const { price } = (await response.json()) as { price?: object | null };
    return response.ok && price !== null;
  });
  await to(page, `/product/${productId}`);
}

const mails = ({ ask }: Stage) =>
  ask<Listed<{ id: string; status: string }>>("GET", "/v1/messages?template=wish-alert").then(({ items }) => items);

export function wishing(stage: () => Stage): void {
  it("keeps what one likes by a heart, also of nobody, and takes it along at sign-in", async () => {
    const { open, links, mall } = stage();
    const page = await open();
    await page.goto(`${mall.url}/search?q=lamp`);
    await settled(page);
    const heart = page.locator(".card .heart").first();
    await heart.click();
    await page.locator(".card .heart[aria-pressed=true]").first().waitFor();
    await page.goto(links.shop);
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    await to(page, "/account/lists");
    await page.locator(".wish-row").first().waitFor();
    await page.locator(".wish-row .card-price").first().waitFor();
    await page.context().close();
  });

  it("tells when something is back, once, with a link that ends it without signing in", async () => {
    const { shopper, ask, mall, open } = stage();
    const { productId, offerId } = await soldOut(stage());
    await openProduct(shopper, mall.url, productId);
    await shopper.getByRole("button", { name: "Tell me when it is back" }).click();
    await shopper.getByText("We write to you when it is back.").waitFor();
    await shoot(shopper, "alert");
    expect(await faultsOf(shopper)).toEqual([]);
    await ask("POST", `/v1/offers/${offerId}/stock/berlin/receive`, { quantity: 3 });
    await eventually("the mail is sent", async () => (await mails(stage()))[0]?.status === "sent");
    await ask("POST", `/v1/offers/${offerId}/stock/berlin/receive`, { quantity: 3 });
    const [mail] = await mails(stage());
    const { text } = await ask<{ text: string }>("GET", `/v1/messages/${mail?.id ?? ""}`);
    expect(text).toContain("Lantern that everybody waits for");
    const nobody = await open();
    // the mall of the test does not know at which port it is found
    await nobody.goto(mall.url + (/\/alerts\/stop\S+/.exec(text)?.[0] ?? ""));
    await settled(nobody);
    await nobody.getByRole("button", { name: "Stop this alert" }).click();
    await nobody.getByText("This alert is stopped.").waitFor();
    expect(await faultsOf(nobody)).toEqual([]);
    await nobody.context().close();
    expect(await mails(stage())).toHaveLength(1);
  });

  it("orders things into lists, and lets others look at one as long as it is shared", async () => {
    const { shopper, open, mall } = stage();
    await to(shopper, "/account/lists");
    await shopper.locator(".wish-row .card-price").first().waitFor();
    await shopper.getByLabel("Name of a new list").fill("Presents");
    await shopper.getByRole("button", { name: "Make a list" }).click();
    await shopper.getByRole("heading", { name: "Presents" }).waitFor();
    await shopper.locator(".wish-deeds select").first().selectOption({ label: "Presents" });
    const panel = shopper.locator(".panel", { has: shopper.getByRole("heading", { name: "Presents" }) });
    await panel.locator(".wish-row").waitFor();
    await panel.getByRole("button", { name: "Share this list" }).click();
    const link = await panel.locator(".share-link a").innerText();
    await shoot(shopper, "lists");
    expect(await faultsOf(shopper)).toEqual([]);
    const nobody = await open();
    await nobody.goto(link);
    await nobody.locator(".card").waitFor();
    await shoot(nobody, "shared-list");
    await panel.getByRole("button", { name: "Share no more" }).click();
    await panel.getByRole("button", { name: "Share this list" }).click();
    expect(await panel.locator(".share-link a").innerText()).not.toBe(link);
    await nobody.reload();
    await nobody.getByText("This list is not shared any more").waitFor();
    await nobody.context().close();
    expect(link.startsWith(mall.url)).toBe(true);
  });
}
