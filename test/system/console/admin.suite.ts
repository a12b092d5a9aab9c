/**
 * What those do who look after the mall: back in time, two people's word, rules asked of the past, money given back,
 * an index made anew, a model that decides and the one before it.
 */
import type { Page } from "playwright-core";
import { faultsOf, shoot } from "../../support/browser";
import { eventually } from "../../support/eventually";
import { to, type Stage } from "./stage";

const LESSONS = 200;
const WORDS = { praise: ["goed", "mooi", "snel", "prima"], complaint: ["slecht", "kapot", "traag", "lelijk"] } as const;

/** Reviews in a language of which the model that the mall ships with knows no word. */
const lessons = Array.from({ length: LESSONS }, (_, n) => {
  const label = n % 2 === 0 ? "praise" : "complaint";
  return { text: `lamp ${n}: ${WORDS[label][Math.floor(n / 2) % WORDS.praise.length] ?? ""}`, label };
});

interface Listed {
  readonly items: readonly { readonly id: string }[];
}

interface Terms {
  readonly items: readonly { readonly returnDays?: number; readonly returnShippingBy?: string }[];
}

interface Sold {
  readonly title: Readonly<Record<string, string>>;
  readonly offers: readonly { readonly id: string }[];
}

/** Looks again, as a person would who waits for somebody else's work. */
async function lookUntil(page: Page, address: string, shown: string | RegExp): Promise<void> {
  await eventually(`${address} shows ${String(shown)}`, async () => {
    await to(page, "/admin/denials");
    await to(page, address);
    return (await page.getByText(shown).count()) > 0;
  });
}

export function running(stage: () => Stage): void {
  it("lets an admin walk through the life of an offer, and prove a product's versions", async () => {
    const { admin } = stage();
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

  it("shows what is in a cart that was left behind, since when, and what it is worth", async () => {
    const { admin, ask } = stage();
    const { items: channels } = await ask<Listed>("GET", "/v1/channels");
    const { items: found } = await ask<Listed>("GET", "/v1/products?q=lamp&limit=1");
    const [channelId, productId] = [channels[0]?.id, found[0]?.id];
    const { title, offers } = await ask<Sold>("GET", `/v1/products/${productId}`);
    const { id } = await ask<{ id: string }>("POST", "/v1/carts", { channelId });
    await ask("POST", `/v1/carts/${id}/lines`, { offerId: offers[0]?.id, quantity: 3 });
    await eventually("the cart is listed", async () => {
      const { items } = await ask<Listed>("GET", "/v1/carts");
      return items.some((cart) => cart.id === id);
    });
    await to(admin, "/admin/carts");
    await admin.getByLabel("Untouched for").selectOption({ label: "any time" });
    await admin.getByText(/3 pieces/).waitFor();
    await admin.getByRole("button", { name: "What is in it" }).last().click();
    await admin.getByRole("link", { name: title["en"] ?? "" }).waitFor();
    expect(await faultsOf(admin)).toEqual([]);
    await shoot(admin, "carts");
  });

  it("says how long things are taken back, in the channel, and otherwise in a category", async () => {
    const { admin, ask } = stage();
    await to(admin, "/admin/channels");
    const channel = admin.getByRole("form", { name: "Channel" });
    await channel.getByLabel("Days").fill("30");
    await channel.getByLabel("Who pays").selectOption({ label: "who sold it" });
    await channel.getByRole("button", { name: "Save" }).click();
    await channel.getByText("It holds from now on.").waitFor();
    await eventually("the channel says so", async () => {
      const { items } = await ask<Terms>("GET", "/v1/channels");
      return items[0]?.returnDays === 30 && items[0].returnShippingBy === "seller";
    });
    await admin.getByLabel("Category").selectOption({ label: "Clothing" });
    await admin.getByText("As the category above it says, or the channel.").waitFor();
    const category = admin.getByRole("form", { name: "Category" });
    await category.getByLabel("Days").fill("0");
    await category.getByRole("button", { name: "Save" }).click();
    await admin.getByText("Its own word: 0 days.").waitFor();
    expect(await faultsOf(admin)).toEqual([]);
    await shoot(admin, "taking-back");
  });

  it("lets a second person agree", async () => {
    const { admin } = stage();
    await to(admin, "/admin/approvals");
    await admin.getByRole("button", { name: "Approve" }).click();
    await admin.getByText("Nothing waits for a second pair of eyes.").waitFor();
  });

  it("asks another policy of the past before it holds", async () => {
    const { admin } = stage();
    await to(admin, "/admin/policy");
    await admin.getByRole("slider", { name: "A person looks at it from" }).focus();
    await admin.keyboard.press("Home");
    await admin.getByRole("button", { name: "Try it on the past" }).click();
    await admin.getByRole("heading", { name: /^Of the last/ }).waitFor();
    expect(await faultsOf(admin)).toEqual([]);
    // what a rule may look at is told in words, all of it
    const named = await admin.getByLabel("What is looked at").locator("option").allInnerTexts();
    expect(named).toContain("Card: attempts in 1 hour");
    expect(named.filter((name) => /WINDOW|NB TX|_/.test(name))).toEqual([]);
  });

  it("gives a part of the money back, for a reason", async () => {
    const { admin } = stage();
    await to(admin, "/admin/orders");
    await admin.getByRole("row").filter({ hasText: "sent" }).first().getByRole("link").first().click();
    await admin.getByLabel("Amount").fill("1.00");
    await admin.getByLabel("Reason").fill("A scratch");
    await admin.getByRole("button", { name: "Give it back" }).click();
    await admin.locator(".figures").getByText("€1.00").waitFor();
    expect(await faultsOf(admin)).toEqual([]);
  });

  it("makes an index anew, and compares it with the histories", async () => {
    const { admin } = stage();
    await to(admin, "/admin/jobs");
    await admin.getByLabel("Projection").selectOption("sellers");
    await admin.getByRole("button", { name: "Make it anew" }).click();
    await admin.getByRole("heading", { name: "Made anew (sellers)" }).waitFor();
    await admin.getByText("done", { exact: true }).waitFor();
    await admin.getByRole("button", { name: "Only compare" }).click();
    await admin.getByText("The index is exactly what the histories say.").waitFor();
    expect(await faultsOf(admin)).toEqual([]);
  });

  it("lets a model go back to the one before, and decide again", async () => {
    const { admin, ask } = stage();
    const { hash } = await ask<{ hash: string }>("POST", "/v1/models/sentiment/lessons", { lessons });
    await ask("POST", "/v1/models/sentiment/retrain", { lessons: [hash] });
    await lookUntil(admin, "/admin/models", "Version 1 decides.");
    const model = admin.locator(".panel").filter({ hasText: "Sentiment" });
    await model.getByRole("button", { name: "Back to the version before" }).click();
    await model.getByText("What the mall ships with decides").waitFor();
    await model.getByRole("button", { name: "Let it decide" }).click();
    await model.getByText("Version 1 decides.").waitFor();
    await model.getByLabel("Trained anew").selectOption("every week");
    await model.getByText("Look closer").click();
    await model.getByText("No version watches").waitFor();
    await model.getByText("Decisions of the last day").waitFor();
    expect(await ask("GET", "/v1/models/sentiment")).toMatchObject({ everyHours: 168 });
    expect(await faultsOf(admin)).toEqual([]);
    await shoot(admin, "admin-models-learnt");
  });

  it("publishes a review that the model held, because its author asked a person to look", async () => {
    const { admin, shopper } = stage();
    const why = "I only wanted to make it clear.";
    await to(shopper, "/orders");
    await shopper.locator(".order-row").filter({ hasText: "sent" }).first().getByRole("link").click();
    await shopper
      .getByText(/^Say what you think of/)
      .first()
      .click();
    const form = shopper.locator("details[open] form");
    await form.getByLabel("2 of 5 stars").check({ force: true });
    await form.getByLabel("Your review").fill("It flickers. Whoever packed it is an idiot.");
    await form.getByRole("button", { name: "Send it" }).click();
    await shopper.getByText("Ask a person to look at it").click();
    await shopper.getByLabel("Why it should be published").fill(why);
    await shopper.locator("details[open] form").getByRole("button", { name: "Send it" }).click();
    await shopper.getByText("Ask a person to look at it").waitFor({ state: "detached" });
    await lookUntil(admin, "/admin/moderation", why);
    expect(await faultsOf(admin)).toEqual([]);
    await shoot(admin, "admin-moderation-appealed");
    await admin.getByLabel("Reason").first().fill("Rude, but true.");
    await admin.getByRole("button", { name: "Publish" }).first().click();
    await admin.getByText("No review waits for a person.").waitFor();
    const own = shopper.url();
    await eventually("the author sees it published", async () => {
      await to(shopper, "/orders");
      await to(shopper, new URL(own).pathname);
      await shopper
        .getByText(/^(to be read|a person looks at it)$/)
        .first()
        .waitFor();
      return (await shopper.getByText("to be read").count()) > 0;
    });
  });
}
