/** Every page of the console, for every eye and every screen, and by keyboard. */
import type { Page } from "playwright-core";
import { pages, type Area } from "../../../console/app/pages";
import { contrastFaultsOf, faultsOf, shoot } from "../../support/browser";
import { NARROW, settled, to, WIDE, type Stage } from "./stage";

/** Where a link to one is found, for each address that names a thing. */
const FOUND_AT: Readonly<Record<string, readonly [page: string, link: string]>> = {
  "/product/{id}": ["/search?q=lamp", ".card a"],
  "/orders/{id}": ["/orders", ".order-row a"],
  // shared by the suite before this one
  "/lists/{key}": ["/account/lists", ".share-link a"],
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

export function everybody(stage: () => Stage): void {
  describe("every page is for everybody", () => {
    const roles: [string, () => Page, readonly Area[]][] = [
      ["shopper", () => stage().shopper, ["shop", "account"]],
      ["seller", () => stage().seller, ["seller"]],
      ["admin", () => stage().admin, ["admin"]],
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
      const { open, mall } = stage();
      const page = await open({ locale: "ar" });
      const faults: string[] = [];
      for (const address of ["/", "/search?q=lamp", "/sign-in", "/verify", "/nowhere", "/admin"]) {
        await page.goto(mall.url + address);
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
    const { open, mall } = stage();
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
}
