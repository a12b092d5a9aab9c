/** What those do who look after the mall: back in time, two people's word, rules asked of the past. */
import { faultsOf, shoot } from "../../support/browser";
import { to, type Stage } from "./stage";

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
  });
}
