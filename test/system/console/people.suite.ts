/** Who works with whom, and how people prove who they are: a team, a second factor, a seller that is stopped. */
import path from "node:path";
import { Secret, TOTP } from "otpauth";
import { entryIn } from "../../../console/account/entry-link";
import { faultsOf, shoot } from "../../support/browser";
import { eventually } from "../../support/eventually";
import { REDIRECT } from "../../support/openid";
import { mailsIn } from "../../support/people";
import { to, WIDE, type Stage } from "./stage";

const SAM = "shopper@demo.example";

export function people(stage: () => Stage): void {
  it("takes somebody into a seller's team by the link of a mail, until they are let go", async () => {
    const { seller, shopper, mall } = stage();
    await to(seller, "/seller/team");
    await seller.getByLabel("E-mail address").fill(SAM);
    await seller.getByRole("button", { name: "Invite somebody" }).click();
    await seller.getByText(`An invitation is on its way to ${SAM}.`).waitFor();
    await seller.locator("tbody").getByText(SAM).waitFor();
    const link = await eventually("the invitation is there", async () => {
      const texts = await mailsIn(path.join(mall.dataDir, "mail"), SAM);
      return texts.map((text) => /\/join#code=\S+/.exec(text)?.[0]).find((one) => one !== undefined);
    });
    await to(shopper, link);
    await shopper.waitForURL((url) => url.pathname === "/join" && url.hash === "");
    await shopper.getByRole("button", { name: "Accept the invitation" }).click();
    await shopper.getByText("You work here now:").waitFor();
    expect(await faultsOf(shopper)).toEqual([]);
    await shopper.locator(".notice a.button").click();
    await shopper.waitForURL("**/seller?of=*");
    await to(shopper, "/account");
    await shopper.getByText("seller-staff").waitFor();

    await to(seller, "/account");
    await to(seller, "/seller/team");
    const row = seller.locator("tbody tr", { hasText: "Staff" });
    await row.getByText("works here").waitFor();
    await shoot(seller, "team");
    await row.getByRole("button", { name: "Remove" }).click();
    await eventually("nobody of the staff is left", async () => {
      await to(seller, "/account");
      await to(seller, "/seller/team");
      return (await seller.getByText("works here").count()) === 0;
    });
  });

  it("turns a second factor on, wants it at the next log-in, and turns it off", async () => {
    const { shopper, open, links } = stage();
    const { password = "" } = entryIn(new URL(links.shop).hash) ?? {};
    await to(shopper, "/account");
    await shopper.locator("summary", { hasText: "Turn the second factor on" }).click();
    await shopper.getByLabel("The password of today").first().fill(password);
    await shopper.getByRole("button", { name: "Turn the second factor on" }).click();
    const codes = await shopper.getByLabel("Recovery codes").innerText();
    const secret = await shopper.locator("form code").innerText();
    await shoot(shopper, "second-factor");
    expect(await faultsOf(shopper)).toEqual([]);
    await shopper.getByLabel("Code from your app").fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate());
    await shopper.getByRole("button", { name: "Turn it on" }).click();
    await shopper.locator(".badge.good", { hasText: "on" }).waitFor();

    const [first = "", second = ""] = codes.split("\n");
    const elsewhere = await open();
    await elsewhere.goto(links.shop);
    await elsewhere.getByLabel("Code from your app").fill(first);
    await elsewhere.getByRole("button", { name: "Sign in" }).click();
    await elsewhere.waitForURL((url) => url.pathname !== "/sign-in");
    await elsewhere.context().close();

    await shopper.locator("summary", { hasText: "Turn the second factor off" }).click();
    await shopper.getByLabel("The password of today").first().fill(password);
    await shopper.getByLabel("Code from your app").fill(second);
    await shopper.getByRole("button", { name: "Turn the second factor off" }).click();
    await shopper.locator(".badge", { hasText: "off" }).waitFor();
  });

  it("makes a key for a program, which may do what it was given until it is revoked", async () => {
    const { shopper, mall } = stage();
    await to(shopper, "/account");
    await shopper.getByRole("link", { name: "Look at my keys" }).click();
    await shopper.getByText("No keys yet").waitFor();
    await shopper.getByLabel("Name", { exact: true }).fill("my script");
    await shopper.getByLabel(/^order\.read/).check();
    await shopper.getByRole("button", { name: "Make the key" }).click();
    const key = await shopper.getByLabel("The key").innerText();
    const asProgram = async (address: string): Promise<number> =>
      (await fetch(mall.url + address, { headers: { authorization: `Bearer ${key}` } })).status;
    expect([await asProgram("/v1/me/orders?limit=1"), await asProgram("/v1/me")]).toEqual([200, 403]);
    expect(await faultsOf(shopper)).toEqual([]);
    await shoot(shopper, "keys");
    // never again
    await shopper.reload();
    const row = shopper.locator("tbody tr", { hasText: "my script" });
    await row.getByText(key.slice(0, 8)).waitFor();
    expect(await shopper.content()).not.toContain(key);
    await row.getByRole("button", { name: "Revoke: my script" }).click();
    await shopper.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await shopper.getByText("No keys yet").waitFor();
    await eventually("the key is good no more", async () => (await asProgram("/v1/me/orders?limit=1")) === 401);
  });

  it("changes a password, and goes on with the new one", async () => {
    const { shopper, links } = stage();
    const { password = "" } = entryIn(new URL(links.shop).hash) ?? {};
    const another = "a walk around the whole mall";
    await to(shopper, "/account");
    await shopper.locator("summary", { hasText: "Change the password" }).click();
    const change = async (from: string, into: string): Promise<void> => {
      await shopper.getByLabel("The password of today").last().fill(from);
      await shopper.getByLabel("New password").fill(into);
      await shopper.getByRole("button", { name: "Change the password" }).click();
      await shopper.getByText("You are signed out everywhere else.").waitFor();
    };
    await change(password, another);
    await to(shopper, "/orders");
    await shopper.locator(".order-row").first().waitFor();
    await to(shopper, "/account");
    await shopper.locator("summary", { hasText: "Change the password" }).click();
    await change(another, password);
  });

  it("lets somebody in by the mall's OpenID provider", async () => {
    const { browser, mall } = stage();
    // the provider's pages may say in their console what they like
    const page = await (await browser.newContext({ viewport: WIDE })).newPage();
    await page.goto(`${mall.url}/sign-in?next=/orders`);
    const sentBack = page.waitForResponse((response) => response.headers()["location"]?.startsWith(REDIRECT) === true);
    await page.getByRole("button", { name: /^Sign in by 127\.0\.0\.1/ }).click();
    await page.locator("input[name=login]").fill("quin@example.org");
    await page.locator("input[name=password]").fill("any");
    await page.locator("button[type=submit]").click();
    // nobody listens where the provider sends people: the browser finds that out, and is led to this mall instead
    const inVain = page.waitForEvent("requestfailed", (request) => request.url().startsWith(REDIRECT));
    await page.getByRole("button", { name: "Continue" }).click();
    const { pathname, search } = new URL((await sentBack).headers()["location"] ?? "");
    await inVain;
    // its page that says so may still come in between
    await eventually("the way back", async () => (await page.goto(mall.url + pathname + search)) !== null);
    await page.waitForURL("**/orders");
    await page.getByText("Name of quin@example.org").first().waitFor();
    await page.context().close();
  });

  it("finds somebody by their address, and asks for a role of the mall, which a second person gives", async () => {
    const { admin } = stage();
    await to(admin, "/admin/people");
    await admin.getByLabel("Their e-mail address, or the number of their account").fill(SAM);
    await admin.getByRole("button", { name: "Find somebody" }).click();
    await admin.getByRole("heading", { name: "Sam" }).waitFor();
    await admin.getByLabel("Role", { exact: true }).selectOption("admin-support");
    await admin.getByRole("button", { name: "Give this role" }).click();
    await admin.getByText("Asked for. Another person has to agree.").waitFor();
    expect(await faultsOf(admin)).toEqual([]);
    await shoot(admin, "people");
  });

  it("suspends a seller and lets it sell again", async () => {
    const { admin } = stage();
    await to(admin, "/admin/sellers");
    const row = admin.locator("tbody tr", { hasText: "active" }).last();
    const name = await row.locator("a").first().innerText();
    const its = admin.locator("tbody tr", { hasText: name });
    await its.locator("summary").click();
    await its.getByLabel(`Why, for ${name}`).fill("complaints");
    await its.getByRole("button", { name: "Suspend" }).click();
    await its.getByText("suspended").waitFor();
    expect(await faultsOf(admin)).toEqual([]);
    await its.getByRole("button", { name: "Let it sell again" }).click();
    await its.getByText("active").waitFor();
  });
}
